package dev.tracetool.format.codetracer.cbor;

import java.io.IOException;

/** A frame that cannot be unpacked, or not to its end. */
final class DamagedFrameException extends IOException {
    private static final long serialVersionUID = 1L;

    private final long at;

    /** @param at byte position in the file */
    DamagedFrameException(long at, String message) {
        super(message);
        this.at = at;
    }

    long at() {
        return at;
    }
}
