package dev.tracetool.cli;

import java.io.Closeable;
import java.io.PrintStream;

/**
 * A line on standard error that says how far long work is: only on a terminal, and only after a second. To be told often;
 * it looks at the clock and seldom does more.
 */
public final class Progress implements Closeable {
    private static final long QUIET_NS = 1_000_000_000L;
    private static final long PERIOD_NS = 200_000_000L;
    private static final String ERASE = "\r\u001b[K";

    private final PrintStream err;
    private final boolean active;
    private final String what;
    private final long total;
    private final long start = System.nanoTime();
    private long next = start + QUIET_NS;
    private boolean shown;

    /**
     * @param what is being worked on, harmless already
     * @param total bytes of work, -1 if unknown
     */
    public Progress(Terminal terminal, String what, long total) {
        this.err = terminal.err();
        this.active = terminal.errIsTerminal();
        this.what = what;
        this.total = total;
    }

    /** Tells how many bytes are done. */
    public void at(long done) {
        if (!active) {
            return;
        }
        long now = System.nanoTime();
        if (now - next < 0) {
            return;
        }
        next = now + PERIOD_NS;
        shown = true;
        err.print(ERASE + line(done, now - start));
        err.flush();
    }

    private String line(long done, long elapsed) {
        double rate = done * 1e9 / Math.max(1, elapsed);
        StringBuilder line = new StringBuilder(what).append(": ").append(Quantity.bytes(done));
        if (total > 0) {
            line.append(" of ").append(Quantity.bytes(total));
        }
        line.append(", ").append(Quantity.bytes(Math.round(rate))).append("/s");
        if (total > 0 && done > 0 && done <= total) {
            line.append(", ")
                    .append(Quantity.duration(Math.round((total - done) / rate * 1e9)))
                    .append(" left");
        }
        return line.toString();
    }

    /** Takes the line away. */
    @Override
    public void close() {
        if (shown) {
            err.print(ERASE);
            err.flush();
            shown = false;
        }
    }
}
