package dev.tracetool.format.codetracer.ctfs;

import org.jspecify.annotations.Nullable;

/** A call that has not ended; the outermost one of a thread is none, but what runs outside of all calls. */
final class Frame {
    /** In place of a code object: that of a call which had no step yet. */
    static final int WAITING = -2;

    /** The last step of what does not end. */
    static final long NEVER = Long.MAX_VALUE;

    final Frame caller;
    final int function;
    final long key;
    final long entry;

    /** The last step. */
    final long exit;

    /** Whether it is left by one. */
    final boolean exception;

    /** How many calls there are up to this one. */
    final int depth;

    /** The code object, or {@link #WAITING}. */
    int code = WAITING;

    /** In which file steps are lines of {@link #codeOfLines}. */
    int file = CodeTable.UNKNOWN_FILE;

    /** The same as {@link #code}, but for a call that had to be told before its file was known. */
    int codeOfLines = WAITING;

    private Frame(@Nullable Frame caller, int function, long key, long entry, long exit, boolean exception) {
        this.caller = caller == null ? this : caller;
        this.function = function;
        this.key = key;
        this.entry = entry;
        this.exit = exit;
        this.exception = exception;
        this.depth = caller == null ? 0 : caller.depth + 1;
    }

    /** What runs outside of all calls. */
    static Frame outside() {
        return new Frame(null, CodeTable.NO_FUNCTION, -1, NEVER, NEVER, false);
    }

    /** The next call of this thread begins. */
    Frame call(int ofFunction, CallStream call) {
        return new Frame(this, ofFunction, call.key(), call.entry(), call.exit(), call.exception());
    }

    boolean isCall() {
        return depth > 0;
    }

    boolean isWaiting() {
        return code == WAITING;
    }

    void decide(int toCode, int inFile) {
        code = toCode;
        linesIn(inFile, toCode);
    }

    void linesIn(int inFile, int ofCode) {
        file = inFile;
        codeOfLines = ofCode;
    }
}
