package dev.tracetool.format.codetracer.ctfs;

import java.io.IOException;
import java.io.InputStream;

/** An internal file from some position to its end, unbuffered. */
final class InternalFileInput extends InputStream {
    private final InternalFile file;
    private final byte[] one = new byte[1];
    private long position;

    InternalFileInput(InternalFile file, long position) {
        this.file = file;
        this.position = position;
    }

    /** Of the next byte, in the internal file. */
    long position() {
        return position;
    }

    @Override
    public int read() throws IOException {
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        int count = (int) Math.min(length, file.size() - position);
        if (count <= 0) {
            return -1;
        }
        try {
            file.read(position, target, offset, count);
        } catch (MalformedContainerException e) {
            // What is there before the place that is not is to be read first.
            if (count > 1) {
                return read(target, offset, count / 2);
            }
            throw new DamagedInputException(e);
        }
        position += count;
        return count;
    }
}
