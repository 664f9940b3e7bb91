package dev.tracetool.cli.command;

import dev.tracetool.export.SafeText;
import dev.tracetool.input.SpooledInput;
import dev.tracetool.input.TraceInput;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/**
 * A line on standard error that says how far the reading of the inputs is: only on a terminal, and only after a second.
 * It is written by whoever reads, a few times a second; there is no thread, and it is gone before anything else is
 * written to the terminal.
 */
final class Progress implements Closeable {
    private static final long QUIET_NS = 1_000_000_000L;
    private static final long PERIOD_NS = 200_000_000L;
    private static final String ERASE = "\r\u001b[K";
    private static final int MIN_NAME = 10;

    /** Reading so much of a file twice, as one part of as many, is not reading it again. */
    private static final int SOME_PARTS = 16;

    private enum State {
        /** Nobody asked yet whether it may be shown. */
        WAITING,
        ON,
        OFF
    }

    /** The world around. */
    static class Surroundings {
        private final Terminal terminal;
        private final boolean mixes;

        /** @param mixes whether results may be written while inputs are read, which may be to the same terminal */
        Surroundings(Terminal terminal, boolean mixes) {
            this.terminal = terminal;
            this.mixes = mixes;
        }

        /** Whether progress may be shown; asked after a second. */
        boolean allow() {
            return terminal.errIsTerminal()
                    && !"dumb".equals(terminal.environment("TERM"))
                    && !(mixes && terminal.outIsTerminal());
        }

        /** The time in nanoseconds from any beginning. */
        long now() {
            return System.nanoTime();
        }
    }

    private final Terminal terminal;
    private final Surroundings surroundings;
    private final long start;
    private List<String> expected = List.of();
    private State state = State.WAITING;
    private boolean shown;
    private long next;
    private int width;
    private long total = -1;
    private String name = "";
    private long before;
    private long here;
    private long size = -1;

    Progress(Terminal terminal, Surroundings surroundings) {
        this.terminal = terminal;
        this.surroundings = surroundings;
        this.start = surroundings.now();
        this.next = start + QUIET_NS;
    }

    /** Tells all inputs that will be read. */
    synchronized void expect(List<String> names) {
        expected = names;
    }

    /** A file comes next. What was spooled is counted already. */
    synchronized TraceInput counted(TraceInput input) {
        before += size >= 0 ? size : here;
        here = 0;
        size = -1;
        name = input.name();
        if (input instanceof SpooledInput) {
            size = 0;
            return input;
        }
        try {
            size = input.size();
        } catch (IOException e) {
            size = 0; // who reads it says what is wrong
        }
        return new CountedInput(input, this);
    }

    /** A stream of unknown length comes next. */
    synchronized InputStream counted(String stream, InputStream in) {
        before += size >= 0 ? size : here;
        here = 0;
        size = -1;
        name = stream;
        return CountedInput.counted(in, this);
    }

    /** What is being read of the file. */
    synchronized void entry(String entry) {
        name = entry;
    }

    /** All begins anew. */
    synchronized void restart() {
        before = 0;
        here = 0;
        size = 0;
    }

    synchronized void read(long bytes) {
        here += bytes;
        if (state == State.OFF) {
            return;
        }
        long now = surroundings.now();
        if (now - next >= 0) {
            next = now + PERIOD_NS;
            show(now);
        }
    }

    private void show(long now) {
        if (state == State.WAITING) {
            state = surroundings.allow() ? State.ON : State.OFF;
            if (state == State.OFF) {
                return;
            }
            width = terminal.errWidth();
            total = expected.isEmpty() ? -1 : InputSizes.total(expected);
            terminal.beforeMessages(this::erase);
        }
        shown = true;
        terminal.rawErr().print(ERASE + line(now));
        terminal.rawErr().flush();
    }

    private String line(long now) {
        // Some parts of a file are read twice; of one that is read again nobody knows how often, and how much is left.
        boolean again = size > 0 && here > size + size / SOME_PARTS;
        long done = before + (size >= 0 && !again ? Math.min(here, size) : here);
        double rate = done * 1e9 / Math.max(1, now - start);
        StringBuilder figures = new StringBuilder(": ").append(Quantity.bytes(again ? ofThisPass() : done));
        boolean isKnown = total >= done && !again;
        if (isKnown) {
            figures.append(" of ").append(Quantity.bytes(total));
        } else if (again) {
            figures.append(" of ").append(Quantity.bytes(size)).append(", read again");
        }
        figures.append(", ").append(Quantity.bytes(Math.round(rate))).append("/s");
        if (isKnown && done > 0) {
            figures.append(", ")
                    .append(Quantity.duration(Math.round((total - done) / rate) * 1_000_000_000L))
                    .append(" left");
        }
        return cut(SafeText.terminal(name), Math.max(MIN_NAME, width - 1 - figures.length())) + figures;
    }

    /** Of a file that is read again, how much of it was this time; a little more than the whole is the whole. */
    private long ofThisPass() {
        long passed = here % size;
        return passed <= size / SOME_PARTS ? size : passed;
    }

    /** The end of a name tells more than its beginning. */
    private static String cut(String text, int columns) {
        int length = text.codePointCount(0, text.length());
        return length <= columns ? text : "…" + text.substring(text.offsetByCodePoints(0, length - columns + 1));
    }

    private synchronized void erase() {
        if (shown) {
            shown = false;
            terminal.rawErr().print(ERASE);
            terminal.rawErr().flush();
        }
    }

    /** Takes the line away for good. */
    @Override
    public synchronized void close() {
        erase();
        if (state == State.ON) {
            terminal.beforeMessages(() -> {});
        }
        state = State.OFF;
    }
}
