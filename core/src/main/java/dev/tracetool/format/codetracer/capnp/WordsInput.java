package dev.tracetool.format.codetracer.capnp;

import java.io.IOException;
import java.io.InputStream;

/** Bytes of a message, as a stream. */
final class WordsInput extends InputStream {
    private final Message message;
    private final long start;
    private final long size;
    private long at;

    /**
     * @param start the index of the first word
     * @param size in bytes, which the caller has checked
     */
    WordsInput(Message message, long start, long size) {
        this.message = message;
        this.start = start;
        this.size = size;
    }

    @Override
    public int read() throws IOException {
        if (at == size) {
            return -1;
        }
        long word = message.word(start + at / Long.BYTES);
        return (int) (word >>> 8 * (at++ % Long.BYTES)) & 0xFF;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        int count = 0;
        while (count < length && at < size) {
            target[offset + count++] = (byte) read();
        }
        return count == 0 ? -1 : count;
    }
}
