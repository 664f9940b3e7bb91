package dev.tracetool.cli.command;

import dev.tracetool.analysis.Paths;
import dev.tracetool.source.FoundSource;
import dev.tracetool.source.FoundSource.Match;
import dev.tracetool.source.RecordedSource;
import dev.tracetool.source.SourceText;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/**
 * Finds the sources of files that a trace names: where {@code --map} leads, where the run had them, beneath the folders of
 * {@code --source}, and in the trace itself. Where the trace has a digest, the file that has it wins over all others, then
 * what the trace carries; where it has none, the first file that is found.
 *
 * <p>The names come from the trace and can be anything, so that whoever made it could have files shown that are none of
 * his business. Only regular files that look like Python are read: by their name, or by their first line.
 */
public final class SourceFinder {
    /** Longer than any source that people write; a trace can name any file. */
    static final int MAX_BYTES = 1 << 24;

    private static final int MAX_NAMES = 100;

    private record Mapping(String from, String to) {}

    private final List<Path> folders;
    private final List<Mapping> mappings;
    private final List<String> workingFolders;
    private final Map<String, RecordedSource> recorded = new HashMap<>();

    private SourceFinder(
            List<Path> folders,
            List<Mapping> mappings,
            List<String> workingFolders,
            Collection<RecordedSource> recorded) {
        this.folders = folders;
        this.mappings = mappings;
        this.workingFolders = workingFolders;
        recorded.forEach(source -> this.recorded.put(source.file(), source));
    }

    /** {@code --source} and {@code --map}. */
    public static void addOptions(CommandSpec spec) {
        spec.addOption(Options.values(
                "DIR",
                "Look for sources in DIR too: for the file there whose path ends most like the recorded one.",
                "--source"));
        spec.addOption(Options.values(
                "OLD=NEW", "Where a recorded path starts with the folder OLD, look in the folder NEW.", "--map"));
    }

    /**
     * @param workingFolders {@code cwd} of the traces: relative names are taken from there
     * @param recorded what the traces say of sources
     */
    public static SourceFinder of(ParseResult args, List<String> workingFolders, Collection<RecordedSource> recorded)
            throws CommandException {
        List<Path> folders = new ArrayList<>();
        for (String name : Options.values(args, "--source")) {
            Path folder = path(name);
            if (folder == null || !Files.isDirectory(folder)) {
                throw CommandException.usage("--source " + name + ": is no folder");
            }
            folders.add(folder);
        }
        List<Mapping> mappings = new ArrayList<>();
        for (String value : Options.values(args, "--map")) {
            int equals = value.indexOf('=');
            if (equals <= 0 || equals == value.length() - 1) {
                throw CommandException.usage("--map " + value + ": expected OLD=NEW, two folders");
            }
            mappings.add(new Mapping(value.substring(0, equals), value.substring(equals + 1)));
        }
        return new SourceFinder(folders, mappings, List.copyOf(new LinkedHashSet<>(workingFolders)), recorded);
    }

    /** The source of a file that a trace names; null if there is none. */
    public @Nullable FoundSource find(String file) {
        RecordedSource known = recorded.get(file);
        FoundSource found = known == null ? onDisk(file) : found(file, known.contents());
        return found == null || known == null || known.contents().size() == 1
                ? found
                : found.different("the runs had different versions of it");
    }

    private @Nullable FoundSource onDisk(String file) {
        for (Path candidate : candidates(file)) {
            byte[] bytes = read(candidate);
            if (bytes != null) {
                return new FoundSource(candidate.toString(), SourceText.of(bytes), Match.UNCHECKED, "");
            }
        }
        return null;
    }

    /** @param contents what was recorded, by digest */
    private @Nullable FoundSource found(String file, SortedMap<String, byte @Nullable []> contents) {
        FoundSource other = null;
        for (Path candidate : candidates(file)) {
            byte[] bytes = read(candidate);
            if (bytes == null) {
                continue;
            }
            SourceText text = SourceText.of(bytes);
            if (contents.containsKey(sha256(bytes))) {
                return new FoundSource(candidate.toString(), text, Match.SAME, "");
            }
            if (other == null) {
                other = new FoundSource(
                        candidate.toString(), text, Match.DIFFERENT, "its content is not the recorded one");
            }
        }
        for (byte[] carried : contents.values()) {
            if (carried != null) {
                return new FoundSource(file, SourceText.of(carried), Match.SAME, "");
            }
        }
        return other;
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e); // every Java has it
        }
    }

    private Set<Path> candidates(String file) {
        Set<Path> candidates = new LinkedHashSet<>();
        List<String> full = new ArrayList<>();
        if (Paths.isAbsolute(file)) {
            full.add(file);
        } else {
            workingFolders.forEach(folder -> full.add(folder + "/" + file));
        }
        for (Mapping mapping : mappings) {
            for (String name : full) {
                add(candidates, mapped(mapping, name));
            }
        }
        full.forEach(name -> add(candidates, path(name)));
        String[] names = file.split("[/\\\\]+");
        int least = Math.max(0, names.length - MAX_NAMES);
        for (int from = least; from < names.length; from++) {
            for (Path folder : folders) {
                String[] last = Arrays.copyOfRange(names, from, names.length);
                if (Arrays.stream(last).noneMatch(name -> name.isEmpty() || name.equals("..") || name.equals("."))) {
                    add(candidates, below(folder, String.join("/", last)));
                }
            }
        }
        return candidates;
    }

    private static void add(Set<Path> candidates, @Nullable Path path) {
        if (path != null) {
            candidates.add(path);
        }
    }

    /** Where the mapping leads: beneath its folder, and nowhere else. */
    private static @Nullable Path mapped(Mapping mapping, String file) {
        String from = mapping.from().replaceAll("[/\\\\]+$", "");
        if (!file.startsWith(from)
                || file.length() <= from.length() + 1
                || "/\\".indexOf(file.charAt(from.length())) < 0) {
            return null;
        }
        Path folder = path(mapping.to());
        return folder == null
                ? null
                : below(folder, file.substring(from.length() + 1).replace('\\', '/'));
    }

    private static @Nullable Path below(Path folder, String name) {
        Path relative = path(name);
        if (relative == null || relative.isAbsolute()) {
            return null;
        }
        Path path = folder.resolve(relative).normalize();
        // The folder can be the working directory, whose name is nothing.
        Path whole = folder.toAbsolutePath().normalize();
        return path.toAbsolutePath().normalize().startsWith(whole) ? path : null;
    }

    private static @Nullable Path path(String name) {
        try {
            return Path.of(name);
        } catch (InvalidPathException e) {
            return null;
        }
    }

    /** The bytes of a Python source; null if it is none, cannot be read, or is larger than any. */
    private static byte @Nullable [] read(Path path) {
        try {
            BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
            if (!attributes.isRegularFile() || attributes.size() > MAX_BYTES) {
                return null;
            }
            try (InputStream in = Files.newInputStream(path)) {
                byte[] bytes = in.readNBytes(MAX_BYTES + 1);
                return bytes.length <= MAX_BYTES && isPython(path, bytes) ? bytes : null;
            }
        } catch (IOException | SecurityException e) {
            return null;
        }
    }

    private static boolean isPython(Path path, byte[] bytes) {
        String name = path.toString();
        if (name.endsWith(".py") || name.endsWith(".pyw")) {
            return true;
        }
        String start = new String(bytes, 0, Math.min(bytes.length, 256), StandardCharsets.ISO_8859_1);
        int end = start.indexOf('\n');
        return start.startsWith("#!") && (end < 0 ? start : start.substring(0, end)).contains("python");
    }
}
