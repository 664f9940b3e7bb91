package dev.tracetool.input;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * All bytes of a stream, kept so that they can be read as often as wished: in memory up to {@value #MEMORY} bytes, beyond
 * that in a temporary file. The file has no name any more from when it is opened, where the system allows that, so that
 * nothing is left of it whatever happens to the process; elsewhere it is deleted when closed.
 */
final class Spool implements Closeable {
    static final int MEMORY = 32 << 20;

    private static final int FIRST = 1 << 13;
    private static final int COPY = 1 << 16;

    private final byte[] memory;
    private final long size;
    private final @Nullable FileChannel file;
    private final @Nullable Path left;

    private Spool(byte[] memory, long size, @Nullable FileChannel file, @Nullable Path left) {
        this.memory = memory;
        this.size = size;
        this.file = file;
        this.left = left;
    }

    /** Of bytes that are in memory. */
    static Spool of(byte[] bytes) {
        return new Spool(bytes, bytes.length, null, null);
    }

    /**
     * Reads a stream to its end, of which the head was read before. It stays open.
     *
     * @param name of what is read, for errors
     * @param limit bytes that it may have
     */
    static Spool of(String name, byte[] head, InputStream rest, long limit) throws IOException {
        return of(name, head, rest, limit, MEMORY);
    }

    /** @param most bytes to keep in memory */
    static Spool of(String name, byte[] head, InputStream rest, long limit, int most) throws IOException {
        byte[] bytes = Arrays.copyOf(head, Math.max(head.length, Math.min(FIRST, most)));
        int size = head.length;
        while (size < most) {
            if (size == bytes.length) {
                bytes = Arrays.copyOf(bytes, (int) Math.min(most, 2L * size));
            }
            int got = rest.read(bytes, size, bytes.length - size);
            if (got < 0) {
                return new Spool(bytes, size, null, null);
            }
            size += got;
        }
        return inFile(name, bytes, size, rest, limit);
    }

    private static Spool inFile(String name, byte[] begin, int length, InputStream rest, long limit)
            throws IOException {
        Path path = Files.createTempFile("tracetool-", ".unpacked");
        boolean done = false;
        FileChannel file = null;
        try {
            file = FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE);
            boolean nameless = delete(path);
            long size = length;
            write(file, begin, length);
            byte[] buffer = new byte[COPY];
            for (int got = rest.read(buffer); got >= 0; got = rest.read(buffer)) {
                size += got;
                if (size > limit) {
                    throw new LimitException(
                            name,
                            "has over " + Budget.number(limit) + " bytes, which would have to be kept in the folder "
                                    + path.getParent());
                }
                write(file, buffer, got);
            }
            done = true;
            return new Spool(new byte[0], size, file, nameless ? null : path);
        } finally {
            if (!done) {
                if (file != null) {
                    file.close();
                }
                Files.deleteIfExists(path);
            }
        }
    }

    /** Whether that could be done, which not every system allows while a file is open. */
    private static boolean delete(Path path) {
        try {
            Files.delete(path);
            return true;
        } catch (IOException e) {
            path.toFile().deleteOnExit();
            return false;
        }
    }

    private static void write(FileChannel file, byte[] bytes, int length) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(bytes, 0, length);
        try {
            while (buffer.hasRemaining()) {
                file.write(buffer);
            }
        } catch (IOException e) {
            throw new IOException("cannot be kept in the folder for temporary files: " + e.getMessage(), e);
        }
    }

    long size() {
        return size;
    }

    /** Whether it is a file. */
    boolean isFile() {
        return file != null;
    }

    /** To be closed or not. */
    ReadOnlyChannel channel() {
        return new ReadOnlyChannel(this::read, size, () -> {});
    }

    private int read(ByteBuffer target, long position) throws IOException {
        if (file != null) {
            return file.read(target, position);
        }
        int length = (int) Math.min(target.remaining(), size - position);
        target.put(memory, (int) position, length);
        return length;
    }

    /** Nothing can be read after that. */
    @Override
    public void close() throws IOException {
        if (file != null) {
            file.close();
        }
        if (left != null) {
            Files.deleteIfExists(left);
        }
    }
}
