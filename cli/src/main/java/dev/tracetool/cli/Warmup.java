package dev.tracetool.cli;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;

/**
 * Runs the commands on a small trace and throws away what they print. The launcher calls it once, for the JVM to note in
 * an archive which classes are loaded: with it, a short command starts in half the time.
 */
public final class Warmup {
    private static final String[][] COMMANDS = {
        {"--help"},
        {"--version"},
        {"help", "report"},
        {"inspect", "TRACE"},
        {"inspect", "--codes", "--format", "json", "TRACE"},
        {"lines", "TRACE", "--function", "*"},
        {"lines", "TRACE", "--code", "0", "--offset", "0", "--format", "json"},
        {"lines", "TRACE", "--stdin"},
        {"report", "TRACE"},
        {"report", "--by", "file,function,line,thread", "--format", "json", "TRACE"},
        {"report", "--format", "csv", "TRACE"},
        {"report", "--format", "markdown", "TRACE"},
        {"events", "--limit", "100", "TRACE"},
        {"events", "--limit", "100", "--format", "ndjson", "TRACE"},
        {"events", "--limit", "100", "--format", "csv", "TRACE"},
        {"recorder"},
        {"record", "--help"},
        {"completion", "bash"},
    };

    private Warmup() {}

    public static void main(String[] args) throws IOException {
        failures();
    }

    /** Runs all; returns how many of the commands that should work did not. */
    static int failures() throws IOException {
        int failures = 0;
        Path trace = Files.createTempFile("tracetool", ".bin");
        try {
            try (InputStream in = Warmup.class.getResourceAsStream("warmup.bin")) {
                Files.write(trace, Objects.requireNonNull(in).readAllBytes());
            }
            for (String[] command : COMMANDS) {
                failures += run(command, trace) == ExitCode.OK ? 0 : 1;
            }
            run(new String[] {"inspect", trace + ".missing"}, trace);
        } finally {
            Files.delete(trace);
        }
        return failures;
    }

    private static int run(String[] command, Path trace) {
        String[] words = command.clone();
        for (int i = 0; i < words.length; i++) {
            words[i] = words[i].equals("TRACE") ? trace.toString() : words[i];
        }
        InputStream in = new ByteArrayInputStream("0 0\n1 0x10\n".getBytes(StandardCharsets.UTF_8));
        OutputStream out = OutputStream.nullOutputStream();
        PrintStream err = new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8);
        return Main.run(words, new Terminal(in, out, err, Map.of(), false));
    }
}
