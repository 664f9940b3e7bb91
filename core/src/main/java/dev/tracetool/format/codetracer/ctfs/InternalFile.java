package dev.tracetool.format.codetracer.ctfs;

import dev.tracetool.input.InputBytes;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** One of the files in a container. It is read in pieces, wherever its blocks lie. */
final class InternalFile {
    private final InputBytes container;
    private final String name;
    private final long size;
    private final Placement placement;
    private final long entryAt;

    /**
     * @param name as the directory has it: characters of {@link Base40}
     * @param size in bytes, at most that of the container
     * @param entryAt byte position of its entry in the directory
     */
    InternalFile(InputBytes container, String name, long size, Placement placement, long entryAt) {
        this.container = container;
        this.name = name;
        this.size = size;
        this.placement = placement;
        this.entryAt = entryAt;
    }

    String name() {
        return name;
    }

    long size() {
        return size;
    }

    /** Byte position of its entry in the directory: where it is said how large it is. */
    long entryAt() {
        return entryAt;
    }

    /**
     * Reads exactly that many bytes, which must lie within {@link #size()}.
     *
     * @throws MalformedContainerException if some are not in the container
     */
    void read(long position, byte[] target, int offset, int length) throws IOException, MalformedContainerException {
        long at = position;
        int into = offset;
        int left = length;
        while (left > 0) {
            long place = placement.place(at);
            int run = (int) Math.min(left, placement.together(at));
            int there = (int) Math.min(run, container.size() - place);
            container.read(place, target, into, there);
            if (there < run) {
                throw new MalformedContainerException(
                        container.size(), "expected " + (run - there) + " more bytes of " + name + ", found the end");
            }
            at += run;
            into += run;
            left -= run;
        }
    }

    /**
     * All of it.
     *
     * @param most how many bytes it can have
     */
    byte[] readAll(int most) throws IOException, MalformedContainerException {
        if (size > most) {
            throw new MalformedContainerException(
                    entryAt, "expected at most " + most + " bytes in " + name + ", found " + size);
        }
        byte[] all = new byte[(int) size];
        read(0, all, 0, all.length);
        return all;
    }

    /** What tells that some of it is not in the container; null if its first and its last byte are. */
    @Nullable
    MalformedContainerException missing() throws IOException {
        if (size > 0) {
            try {
                placement.place(0);
                placement.place(size - 1);
            } catch (MalformedContainerException e) {
                return e;
            }
        }
        return null;
    }

    /** Where a byte of it lies in the container; where its entry does, if that cannot be said. */
    long place(long position) throws IOException {
        try {
            return position < size ? placement.place(position) : entryAt;
        } catch (MalformedContainerException e) {
            return entryAt;
        }
    }
}
