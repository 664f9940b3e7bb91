package dev.tracetool.format.codetracer.cbor;

import dev.tracetool.format.codetracer.MalformedRecordException;
import java.io.IOException;
import java.io.InputStream;

/**
 * The bytes of a text or byte string of any length, which can consist of pieces. Errors of the encoding leave it as
 * {@link DamagedItemException}, because who reads a stream expects no others.
 */
final class CborPieces extends InputStream {
    private final CborInput in;
    private final int major;
    private final boolean inPieces;
    private long left;
    private boolean ended;

    /** @param in has read the head */
    CborPieces(CborInput in) {
        this.in = in;
        this.major = in.major();
        this.inPieces = in.argument() == CborInput.INDEFINITE;
        this.left = inPieces ? 0 : in.argument();
    }

    /** So many bytes, whatever they are of. */
    CborPieces(CborInput in, long size) {
        this.in = in;
        this.major = CborInput.TEXT;
        this.inPieces = false;
        this.left = size;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        try {
            while (left == 0) {
                if (ended || !inPieces || in.takeBreak()) {
                    ended = true;
                    return -1;
                }
                in.head();
                if (in.major() != major || in.argument() == CborInput.INDEFINITE) {
                    throw in.malformed("expected a piece of the same type and of known length, found another item");
                }
                left = in.argument();
            }
            int count = in.some(target, offset, (int) Math.min(left, length));
            left -= count;
            return count;
        } catch (MalformedRecordException e) {
            throw new DamagedItemException(e);
        }
    }

    /** Reads what is left, so that the next item can be read. */
    @Override
    public void close() throws IOException {
        while (!ended) {
            skip(Integer.MAX_VALUE);
            ended |= read() < 0;
        }
    }
}
