package dev.tracetool.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tracetool.cli.command.Terminal;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Runs the tool as {@code main} does, with streams of the test's own. */
public final class Cli {
    /** What a run came to; lines end in {@code \n}. */
    public record Result(int exitCode, String out, String err) {
        /** The result of a run that went well and had nothing to say beside it. */
        public String ok() {
            assertEquals("", err);
            assertEquals(0, exitCode);
            return out;
        }
    }

    private Cli() {}

    public static Result run(Object... args) {
        return runWith("", Map.of(), args);
    }

    /** Runs words that are always there, followed by options of the case. */
    public static Result runAll(List<?> words, Object... options) {
        return run(words(words, options));
    }

    public static Object[] words(List<?> words, Object... options) {
        return Stream.concat(words.stream(), Stream.of(options)).toArray();
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
