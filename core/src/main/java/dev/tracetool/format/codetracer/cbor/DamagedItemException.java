package dev.tracetool.format.codetracer.cbor;

import dev.tracetool.format.codetracer.MalformedRecordException;
import java.io.IOException;

/** Carries what is wrong with an item through those who read a part of it as a stream. */
final class DamagedItemException extends IOException {
    private static final long serialVersionUID = 1L;

    private final transient MalformedRecordException what;

    DamagedItemException(MalformedRecordException what) {
        super(what.text());
        this.what = what;
    }

    MalformedRecordException what() {
        return what;
    }
}
