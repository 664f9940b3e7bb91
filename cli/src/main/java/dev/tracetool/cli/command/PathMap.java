package dev.tracetool.cli.command;

import dev.tracetool.analysis.Paths;
import dev.tracetool.export.SafeText;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code --map}: what stands for the folders that a path can begin with. The first that fits is taken. */
public final class PathMap implements UnaryOperator<String> {
    static final String OPTION = "--map";

    private record Mapping(String from, String to) {}

    private final List<Mapping> mappings = new ArrayList<>();

    public static PathMap of(ParseResult args) throws CommandException {
        PathMap map = new PathMap();
        for (String value : Options.values(args, OPTION)) {
            int equals = value.indexOf('=');
            if (equals <= 0 || equals == value.length() - 1) {
                throw CommandException.usage(
                        OPTION + " " + SafeText.terminal(value) + ": expected OLD=NEW, two folders or files");
            }
            map.mappings.add(new Mapping(trimmed(value.substring(0, equals)), trimmed(value.substring(equals + 1))));
        }
        return map;
    }

    /** The option of commands that show paths and look for no sources. */
    public static void addOption(CommandSpec spec) {
        spec.addOption(Options.values(
                "OLD=NEW",
                "Where a recorded path starts with the folder OLD, take it for that in the folder NEW.",
                OPTION));
    }

    boolean isEmpty() {
        return mappings.isEmpty();
    }

    /** The same, but that a folder NEW is taken from the working directory: for paths to be compared with whole ones. */
    PathMap absolute() {
        PathMap absolute = new PathMap();
        for (Mapping mapping : mappings) {
            absolute.mappings.add(new Mapping(mapping.from, absolute(mapping.to)));
        }
        return absolute;
    }

    private static String absolute(String folder) {
        try {
            return Path.of(folder).toAbsolutePath().normalize().toString();
        } catch (InvalidPathException e) {
            return folder; // of another system
        }
    }

    private static String trimmed(String folder) {
        return folder.length() > 1 && folder.endsWith("/") ? folder.substring(0, folder.length() - 1) : folder;
    }

    @Override
    public String apply(String path) {
        for (Mapping mapping : mappings) {
            if (path.equals(mapping.from)) {
                return mapping.to;
            }
            String below = Paths.below(path, mapping.from);
            if (!below.equals(path)) {
                return mapping.to + (mapping.to.endsWith("/") ? "" : "/") + below;
            }
        }
        return path;
    }
}
