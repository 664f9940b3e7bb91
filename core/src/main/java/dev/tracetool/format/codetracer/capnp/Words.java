package dev.tracetool.format.codetracer.capnp;

import java.io.Closeable;
import java.io.IOException;

/** The words of an unpacked message, all segments one after the other. */
interface Words extends Closeable {
    /** @param index one that there is; the caller has checked it */
    long get(long index) throws IOException;

    @Override
    default void close() throws IOException {}
}
