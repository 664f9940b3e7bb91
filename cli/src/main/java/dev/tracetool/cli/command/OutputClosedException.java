package dev.tracetool.cli.command;

import java.io.IOException;

/** Whoever read standard output went away, as {@code head} does: no error, but no reason to go on either. */
public final class OutputClosedException extends IOException {
    private static final long serialVersionUID = 1L;

    OutputClosedException(IOException cause) {
        super(cause);
    }
}
