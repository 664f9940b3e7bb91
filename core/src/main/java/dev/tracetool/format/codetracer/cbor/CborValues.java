package dev.tracetool.format.codetracer.cbor;

import dev.tracetool.format.codetracer.MalformedRecordException;
import dev.tracetool.format.codetracer.RecordTokens;
import java.io.IOException;
import java.io.InputStream;

/** Copies values and texts that lie in memory, each by itself: one that is malformed spoils its record, and no other. */
public final class CborValues {
    /** Bytes that are changed for others. */
    private static final class Slice extends InputStream {
        private byte[] bytes = new byte[0];
        private int at;
        private int end;

        void set(byte[] of, int from, int length) {
            bytes = of;
            at = from;
            end = from + length;
        }

        @Override
        public int read() {
            return at < end ? bytes[at++] & 0xFF : -1;
        }

        @Override
        public int read(byte[] target, int offset, int length) {
            if (at == end) {
                return -1;
            }
            int part = Math.min(length, end - at);
            System.arraycopy(bytes, at, target, offset, part);
            at += part;
            return part;
        }
    }

    /** CBOR that begins anew with each slice. */
    private static final class SliceInput extends CborInput {
        SliceInput(Slice slice) {
            super(slice);
        }

        void restart() {
            forget();
        }
    }

    private final Slice slice = new Slice();
    private final SliceInput in = new SliceInput(slice);
    private final CborTokens tokens = new CborTokens(in);

    private void start(byte[] bytes, int from, int length) {
        slice.set(bytes, from, length);
        in.restart();
    }

    /** Copies one value, which takes all of these bytes. */
    public void value(byte[] bytes, int from, int length, RecordTokens to) throws IOException {
        start(bytes, from, length);
        try {
            tokens.sized(length, to);
        } catch (MalformedRecordException e) {
            to.spoil("in a value of " + length + " bytes: " + e.text());
        }
    }

    /** Copies a text of so many bytes of UTF-8. */
    public void text(byte[] bytes, int from, int length, RecordTokens to) throws IOException {
        start(bytes, from, length);
        try {
            tokens.text(length, to);
        } catch (MalformedRecordException e) {
            to.spoil(e.text());
        }
    }
}
