package dev.tracetool.cli;

import dev.tracetool.cli.command.Terminal;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Runs the commands on a tiny trace, so that a JVM that notes which classes it loads ({@code -XX:ArchiveClassesAtExit})
 * sees those that real runs need. The launcher {@code tracetool} calls it, once, before the first command.
 *
 * <p>It prints nothing, and its exit code is 0 whatever happens: an archive that lacks some classes is only slower.
 */
public final class Warmup {
    private Warmup() {}

    public static void main(String[] args) {
        Locale.setDefault(Locale.ROOT);
        try {
            Path folder = Files.createTempDirectory("tracetool-");
            Path trace = folder.resolve("trace.bin");
            Path source = folder.resolve("app.py");
            try {
                WarmupTrace.write(trace);
                Files.writeString(source, WarmupTrace.SOURCE);
                runAll(trace.toString(), "/work=" + folder);
            } finally {
                Files.deleteIfExists(trace);
                Files.deleteIfExists(Path.of(trace + ".summary"));
                Files.deleteIfExists(Path.of(trace + ".copy"));
                Files.deleteIfExists(source);
                Files.deleteIfExists(folder);
            }
        } catch (IOException | RuntimeException | Error e) {
            // What was loaded until here is noted all the same, and who needs the rest is told by the command itself.
            return;
        }
    }

    private static void runAll(String trace, String map) {
        run("--help");
        run("--version");
        run("help", "inspect");
        run("inspect", trace);
        run("inspect", "--codes", "--format", "json", trace);
        run("inspect", trace + ".missing");
        run("inspect", "--unknown-option");
        run("lines", trace);
        run("lines", trace, "--function", "*.decode", "--offset", "2");
        run("lines", trace, "--code", "0", "--columns", "--format", "json");
        run("lines", trace, "--stdin");
        run("report", trace);
        run("report", trace, "--by", "file,function,line,thread", "--format", "json");
        run("report", trace, "--format", "csv");
        run("tests", trace);
        run("merge", "-o", trace + ".summary", trace);
        run("report", trace + ".summary");
        run("convert", trace, "-o", trace + ".copy");
        run("convert", trace, "--to", "codetracer-json", "-o", "-");
        run("tree", trace);
        run("functions", "*", trace);
        run("timeline", trace);
        run("report", trace, "--format", "markdown");
        run("diff", trace, trace, "--unchanged");
        run("coverage", trace, "--map", map);
        run("check", trace, "--map", map, "--min-total", "0");
        run("annotate", trace, "--map", map);
        run("events", trace);
        run("record", "--help");
        run("recorder");
        run("completion", "bash");
    }

    /** The exit code of one command whose output goes nowhere. */
    static int run(String... args) {
        InputStream in = new ByteArrayInputStream("1 2\n".getBytes(StandardCharsets.UTF_8));
        PrintStream err = new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8);
        return Main.run(args, new Terminal(in, OutputStream.nullOutputStream(), err, System.getenv(), true));
    }
}
