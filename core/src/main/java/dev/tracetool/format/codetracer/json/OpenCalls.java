package dev.tracetool.format.codetracer.json;

import java.util.Arrays;

/** The calls of one thread that were written and have not been left, outermost first, as code indices. */
final class OpenCalls {
    /** Deeper calls are counted, but not known: what is said of them is taken for true. */
    private static final int MAX_KEPT = 1 << 20;

    private int[] codes = new int[16];
    private long depth;

    void push(int code) {
        if (depth < MAX_KEPT) {
            if (depth == codes.length) {
                codes = Arrays.copyOf(codes, 2 * codes.length);
            }
            codes[(int) depth] = code;
        }
        depth++;
    }

    void pop() {
        depth--;
    }

    long depth() {
        return depth;
    }

    /** Whether the innermost one is known. */
    boolean isKnown() {
        return depth <= MAX_KEPT;
    }

    /** The code index of the innermost one, -1 if there is none. */
    int top() {
        return depth == 0 ? -1 : codes[(int) depth - 1];
    }

    /** That of a known one. */
    int at(int level) {
        return codes[level];
    }

    /** How many calls there are above the innermost one of the code object; -1 if it has none, or there are more. */
    long above(int code, int most) {
        for (long level = Math.min(depth, MAX_KEPT) - 1; level >= Math.max(0, depth - 1 - most); level--) {
            if (codes[(int) level] == code) {
                return depth - 1 - level;
            }
        }
        return -1;
    }
}
