package dev.tracetool.input;

import java.io.IOException;

/** An archive holds more than {@link InputLimits} allow. The message says which limit, with its value. */
public final class LimitException extends IOException {
    private static final long serialVersionUID = 1L;

    private final String input;

    LimitException(String input, String message) {
        super(message);
        this.input = input;
    }

    /** The name of the archive. */
    public String input() {
        return input;
    }
}
