package dev.tracetool.input;

import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** The content of an entry. That it is damaged is told in one way, with the name of the entry and how much came out of it. */
final class EntryStream extends InputStream {
    private final String name;
    private final InputStream in;
    private final @Nullable PositionStream file;
    private long position;

    EntryStream(String name, InputStream in) {
        this(name, in, null);
    }

    /** @param file of what is compressed and no archive, the file itself: its position is told */
    EntryStream(String name, InputStream in, @Nullable PositionStream file) {
        this.name = name;
        this.in = in;
        this.file = file;
    }

    private IOException told(Exception error) {
        return ArchiveErrors.told(name, file == null ? position : file.position(), ArchiveErrors.ENTRY, error);
    }

    @Override
    public int read() throws IOException {
        try {
            int value = in.read();
            position += value < 0 ? 0 : 1;
            return value;
        } catch (IOException | RuntimeException e) {
            throw told(e);
        }
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        try {
            int got = in.read(target, offset, length);
            position += Math.max(0, got);
            return got;
        } catch (IOException | RuntimeException e) {
            throw told(e);
        }
    }

    @Override
    public void close() throws IOException {
        try {
            in.close();
        } catch (IOException | RuntimeException e) {
            throw told(e);
        }
    }
}
