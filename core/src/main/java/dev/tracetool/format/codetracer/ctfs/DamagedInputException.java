package dev.tracetool.format.codetracer.ctfs;

import java.io.IOException;

/** A {@link MalformedContainerException} on its way through a stream, whose readers know no other exceptions. */
final class DamagedInputException extends IOException {
    private static final long serialVersionUID = 1L;

    private final transient MalformedContainerException found;

    DamagedInputException(MalformedContainerException found) {
        super(found.text());
        this.found = found;
    }

    MalformedContainerException found() {
        return found;
    }
}
