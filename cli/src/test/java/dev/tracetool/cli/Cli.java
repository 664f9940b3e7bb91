package dev.tracetool.cli;

import dev.tracetool.cli.command.Terminal;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Runs the tool as {@code main} does, with streams of the test's own. */
public final class Cli {
    /** What a run came to; lines end in {@code \n}. */
    public record Result(int exitCode, String out, String err) {}

    private Cli() {}

    public static Result run(Object... args) {
        return runWith("", Map.of(), args);
    }

    public static Result runWith(String input, Map<String, String> environment, Object... args) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        String[] words = new String[args.length];
        for (int i = 0; i < args.length; i++) {
            words[i] = args[i].toString();
        }
        Terminal terminal = new Terminal(
                new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                out,
                new PrintStream(err, true, StandardCharsets.UTF_8),
                environment,
                false);
        int exitCode = Main.run(words, terminal);
        return new Result(exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }
}
