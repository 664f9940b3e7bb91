package dev.tracetool.trace;

import java.io.IOException;

/**
 * An input that is not what it should be. The message is one line: what was expected and what was found; the input's
 * name and the byte position stand beside it, so that the caller can put them first.
 */
public final class TraceException extends IOException {
    private static final long serialVersionUID = 1L;

    /** The position of an error that concerns the input as a whole. */
    public static final long NO_POSITION = -1;

    private final String input;
    private final long position;

    /**
     * @param input name of the input, as the user gave it
     * @param position byte position in the input, or {@link #NO_POSITION}
     * @param message what was expected and what was found
     */
    public TraceException(String input, long position, String message) {
        super(message);
        this.input = input;
        this.position = position;
    }

    public String input() {
        return input;
    }

    public long position() {
        return position;
    }
}
