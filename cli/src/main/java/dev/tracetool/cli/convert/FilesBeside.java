package dev.tracetool.cli.convert;

import dev.tracetool.cli.command.CommandException;
import dev.tracetool.cli.command.InputReader;
import dev.tracetool.cli.command.Output;
import dev.tracetool.export.SafeText;
import dev.tracetool.format.Conversion;
import dev.tracetool.format.TraceFormats;
import dev.tracetool.trace.Trace;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The files that a format wants beside the one that is written: of {@code trace.json}, {@code trace_paths.json}. There are
 * none beside standard output, a pipe or a device. They are begun before anything is written, so that one that exists
 * already is told of at once.
 */
final class FilesBeside implements Closeable {
    private final Map<String, Output> outputs = new LinkedHashMap<>();

    private FilesBeside() {}

    /**
     * @param file the value of {@code -o}, to which the output goes
     * @param inputs files that no output may overwrite
     * @param names what each file's name has after the stem
     */
    static FilesBeside open(Output output, String file, boolean force, List<String> inputs, List<String> names)
            throws IOException {
        FilesBeside files = new FilesBeside();
        if (!output.isFile()) {
            return files;
        }
        try {
            boolean shared = force && isOfAnother(Path.of(file), inputs);
            for (String name : names) {
                Path other = Path.of(file).resolveSibling(stem(Path.of(file)) + name);
                if (shared && Files.exists(other)) {
                    throw CommandException.usage(SafeText.terminal(other.toString()) + " belongs to another trace: "
                            + SafeText.terminal(file) + " would need a name that differs up to its first dot");
                }
                files.outputs.put(name, Output.beside(other.toString(), force, inputs));
            }
            return files;
        } catch (IOException | RuntimeException e) {
            files.close();
            throw e;
        }
    }

    /** Whether what stands beside a file that is not there yet is of another one, whose name begins so too. */
    private static boolean isOfAnother(Path file, List<String> inputs) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null || Files.exists(file)) {
            return false;
        }
        try (DirectoryStream<Path> there = Files.newDirectoryStream(folder)) {
            for (Path each : there) {
                String name = String.valueOf(each.getFileName());
                boolean trace = name.endsWith(".json") || name.endsWith(".bin");
                if (trace && name.startsWith(stem(file) + ".") && !isAmong(each, inputs)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean isAmong(Path file, List<String> inputs) throws IOException {
        for (String input : inputs) {
            if (Files.exists(Path.of(input)) && Files.isSameFile(file, Path.of(input))) {
                return true;
            }
        }
        return false;
    }

    /** An input with the files beside it that are read with it, all of which no output may overwrite. */
    static List<String> inputs(String input, Trace trace) {
        List<String> all = new ArrayList<>();
        all.add(input);
        if (!TraceFormats.hasFilesBeside(trace)) {
            return all; // the others have all of it in one file
        }
        try {
            Path file = Path.of(input);
            for (String name : InputReader.COMPANIONS) {
                Path other = file.resolveSibling(stem(file) + name);
                if (Files.isRegularFile(other)) {
                    all.add(other.toString());
                }
            }
        } catch (InvalidPathException e) {
            return all; // it is no file
        }
        return all;
    }

    /** The name up to its first dot, as who reads them looks for them. */
    private static String stem(Path file) {
        String name = String.valueOf(file.getFileName());
        int dot = name.indexOf('.', 1);
        return dot < 0 ? name : name.substring(0, dot);
    }

    /** Once the conversion was run. */
    void write(Conversion conversion) throws IOException {
        for (Map.Entry<String, Output> each : outputs.entrySet()) {
            each.getValue().stream().write(conversion.contentOf(each.getKey()));
        }
    }

    void commit() throws IOException {
        for (Output each : outputs.values()) {
            each.commit();
        }
    }

    @Override
    public void close() throws IOException {
        for (Output each : outputs.values()) {
            each.close();
        }
    }
}
