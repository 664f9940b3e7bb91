package dev.tracetool.format.codetracer.ctfs;

import java.io.IOException;

/** A {@link MalformedContainerException} on its way through a stream, whose readers know no other exceptions. */
final class DamagedInputException extends IOException {
    private static final long serialVersionUID = 1L;

    private final long at;

    DamagedInputException(MalformedContainerException cause) {
        super(cause.text());
        this.at = cause.at();
    }

    /** Byte position in the container. */
    long at() {
        return at;
    }

    String text() {
        return String.valueOf(getMessage());
    }
}
