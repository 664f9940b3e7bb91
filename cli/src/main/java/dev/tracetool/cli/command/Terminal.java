package dev.tracetool.cli.command;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The streams and the surroundings of one run: everything that a command may know of the world apart from files, so
 * that a test can hand it other ones.
 *
 * <p>Results go to {@link #out()}, everything else to {@link #err()}.
 */
public final class Terminal {
    private static final int DEFAULT_WIDTH = 80;
    private static final int MIN_WIDTH = 40;
    private static final int MAX_WIDTH = 1000;

    private final InputStream in;
    private final OutputStream out;
    private final PrintStream err;
    private final Map<String, String> environment;
    private final boolean inherited;
    private Runnable beforeMessages = () -> {};

    /**
     * @param inherited whether the streams are those of the process: only then they can be terminals, and a child
     *     process can inherit them
     */
    public Terminal(
            InputStream in, OutputStream out, PrintStream err, Map<String, String> environment, boolean inherited) {
        this.in = in;
        this.out = out;
        this.err = err;
        this.environment = environment;
        this.inherited = inherited;
    }

    public InputStream in() {
        return in;
    }

    /** Unbuffered; commands write through an {@link Output}, which turns its errors into messages. */
    public OutputStream out() {
        return out;
    }

    public PrintStream err() {
        clear();
        return err;
    }

    PrintStream rawErr() {
        return err;
    }

    /** What takes away from the terminal what must not be there when something else is written. */
    void beforeMessages(Runnable action) {
        beforeMessages = action;
    }

    /** To be called before results are written in the midst of reading. */
    public void clear() {
        beforeMessages.run();
    }

    public @Nullable String environment(String name) {
        return environment.get(name);
    }

    public boolean inherited() {
        return inherited;
    }

    public boolean outIsTerminal() {
        return inherited && isTerminal(1);
    }

    public boolean errIsTerminal() {
        return inherited && isTerminal(2);
    }

    /** Columns of the terminal that results go to; 0 if they go elsewhere, where nothing is ever cut. */
    public int width() {
        return outIsTerminal() ? columns() : 0;
    }

    /** Columns of the terminal that messages go to, if they go to one. */
    int errWidth() {
        return columns();
    }

    private int columns() {
        String columns = environment.get("COLUMNS");
        int width = columns == null ? 0 : number(columns);
        if (width == 0) {
            width = askStty();
        }
        return width == 0 ? DEFAULT_WIDTH : Math.max(MIN_WIDTH, Math.min(width, MAX_WIDTH));
    }

    /** One line on standard error: a warning that leaves the exit code alone. */
    public void warn(String message) {
        line("warning: " + message);
    }

    /** One line on standard error: nothing is wrong, but the user may want to know. */
    public void note(String message) {
        line("note: " + message);
    }

    private void line(String message) {
        err().println("tracetool: " + message);
        err.flush();
    }

    private static boolean isTerminal(int descriptor) {
        Path link = Path.of("/proc/self/fd/" + descriptor);
        try {
            String target = Files.readSymbolicLink(link).toString();
            return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty") || target.equals("/dev/console");
        } catch (IOException | UnsupportedOperationException e) {
            // No /proc here. A console exists only if input and output both are terminals, so this errs towards plain.
            return System.console() != null;
        }
    }

    private static int askStty() {
        try {
            Process stty = new ProcessBuilder("stty", "size")
                    .redirectInput(
                            ProcessBuilder.Redirect.from(Path.of("/dev/tty").toFile()))
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String answer =
                    new String(stty.getInputStream().readNBytes(64), java.nio.charset.StandardCharsets.US_ASCII);
            return number(answer.substring(answer.indexOf(' ') + 1).trim());
        } catch (IOException e) {
            return 0;
        }
    }

    private static int number(String text) {
        try {
            return Math.max(0, Integer.parseInt(text));
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}
