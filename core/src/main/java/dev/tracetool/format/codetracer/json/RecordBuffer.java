package dev.tracetool.format.codetracer.json;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;

/** A record until it is whole, in pieces, so that a large one is not copied while it grows. What is too much is dropped. */
final class RecordBuffer extends OutputStream {
    private static final int PIECE = 1 << 16;

    private final long max;
    private final List<byte[]> pieces = new ArrayList<>();
    private long size;

    /** @param max bytes that are held */
    RecordBuffer(long max) {
        this.max = max;
        pieces.add(new byte[PIECE]);
    }

    /** Forgets all; keeps the memory of a record of usual size. */
    void clear() {
        size = 0;
        if (pieces.size() > 1) {
            pieces.subList(1, pieces.size()).clear();
        }
    }

    /** Whether more came than is held. */
    boolean isFull() {
        return size > max;
    }

    @Override
    public void write(int b) {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
        if (size + length > max) {
            size = max + 1;
            return;
        }
        int from = offset;
        for (int left = length; left > 0; ) {
            int within = (int) (size % PIECE);
            int piece = (int) (size / PIECE);
            if (piece == pieces.size()) {
                pieces.add(new byte[PIECE]);
            }
            int part = Math.min(left, PIECE - within);
            System.arraycopy(bytes, from, pieces.get(piece), within, part);
            from += part;
            left -= part;
            size += part;
        }
    }

    /** To be called if it is not full. */
    void writeTo(OutputStream out) throws IOException {
        long left = size;
        for (byte[] piece : pieces) {
            int part = (int) Math.min(left, PIECE);
            out.write(piece, 0, part);
            left -= part;
        }
    }
}
