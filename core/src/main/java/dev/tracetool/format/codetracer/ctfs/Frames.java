package dev.tracetool.format.codetracer.ctfs;

import java.util.Arrays;

/** The calls of one thread that have not ended, outermost first, in columns. */
final class Frames {
    /** In place of a code object: that of a call which had no step yet. */
    static final int WAITING = -2;

    private static final int FIRST_ROOM = 16;

    private int[] functions = new int[0];
    private int[] codes = new int[0];
    private int[] files = new int[0];
    private long[] keys = new long[0];
    private long[] entries = new long[0];

    /** The last step of each; of one that is left by an exception, its complement. */
    private long[] exits = new long[0];

    private int depth;

    void push(int function, long key, long entry, long exit, boolean exception) {
        if (depth == codes.length) {
            int room = Math.max(FIRST_ROOM, 2 * depth);
            functions = Arrays.copyOf(functions, room);
            codes = Arrays.copyOf(codes, room);
            files = Arrays.copyOf(files, room);
            keys = Arrays.copyOf(keys, room);
            entries = Arrays.copyOf(entries, room);
            exits = Arrays.copyOf(exits, room);
        }
        functions[depth] = function;
        codes[depth] = WAITING;
        files[depth] = CodeTable.UNKNOWN_FILE;
        keys[depth] = key;
        entries[depth] = entry;
        exits[depth] = exception ? ~exit : exit;
        depth++;
    }

    void pop() {
        depth--;
    }

    int depth() {
        return depth;
    }

    // What follows is of the innermost call, which there is.

    int function() {
        return functions[depth - 1];
    }

    /** A code object, or {@link #WAITING}. */
    int code() {
        return codes[depth - 1];
    }

    /** The file of the code object. */
    int file() {
        return files[depth - 1];
    }

    void decide(int code, int file) {
        codes[depth - 1] = code;
        files[depth - 1] = file;
    }

    long key() {
        return keys[depth - 1];
    }

    long entry() {
        return entries[depth - 1];
    }

    long exit() {
        long exit = exits[depth - 1];
        return exit < 0 ? ~exit : exit;
    }

    boolean exception() {
        return exits[depth - 1] < 0;
    }
}
