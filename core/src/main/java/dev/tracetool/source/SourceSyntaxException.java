package dev.tracetool.source;

/** A text that is no Python source. The message says what is wrong, in one line, without any of the text. */
public final class SourceSyntaxException extends Exception {
    private static final long serialVersionUID = 1L;

    private final int line;

    SourceSyntaxException(String message, int line) {
        super(message);
        this.line = line;
    }

    /** The line on which it went wrong, from 1. */
    public int line() {
        return line;
    }
}
