package dev.tracetool.format.codetracer.ctfs;

import java.io.IOException;

/** Where in the container the bytes of one internal file lie. */
interface Placement {
    /**
     * The byte position in the container of a byte of the internal file. The byte itself is within the container.
     *
     * @throws MalformedContainerException if what should tell does not
     */
    long place(long position) throws IOException, MalformedContainerException;

    /** How many bytes from there on lie together, at least 1. */
    long together(long position);

    /** Without blocks, or in a single one: all bytes together, from a position in the container on. */
    record Together(long start, long containerSize) implements Placement {
        @Override
        public long place(long position) throws MalformedContainerException {
            if (start > containerSize - 1 - position) {
                throw new MalformedContainerException(
                        containerSize, "expected more bytes of an internal file, found the end of the container");
            }
            return start + position;
        }

        @Override
        public long together(long position) {
            return Long.MAX_VALUE;
        }
    }
}
