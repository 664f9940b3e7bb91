package dev.tracetool.format.nativetrace;

import static dev.tracetool.format.nativetrace.MalformedBlockException.check;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdException;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Takes packed sections out of payloads. One for each thread that decodes: the inflater is used again.
 *
 * <pre>
 *  0  u8 codec   4  u32 raw length   8  u32 stored length   12  stored bytes
 * </pre>
 *
 * <p>Nothing is allocated for more than the raw length, which is checked against the limit of the format, and where the
 * caller knows it, against what it must be. A stream that yields less or more is malformed.
 */
final class Unpacker implements AutoCloseable {
    private static final int ZLIB_HEADER = 2;
    private static final int ZLIB_TRAILER = 4;
    private static final int ZLIB_DICTIONARY = 0x20;

    /**
     * For deflate data without the wrapping of zlib, whose checksum would be computed for nothing: the payload has one of
     * its own, which has been checked.
     */
    private final Inflater inflater = new Inflater(true);

    private int end;

    /** Position in the payload after the section that was read last. */
    int end() {
        return end;
    }

    /** Raw length that the section at a position claims; checked. */
    int rawLength(byte[] payload, int at) throws MalformedBlockException {
        check(payload.length - at >= Layout.SECTION_HEADER, at, "expected a packed section, found the end");
        long raw = Layout.u32(payload, at + 4);
        check(raw <= Layout.MAX_RAW, at + 4, "expected at most # raw bytes, found #", Layout.MAX_RAW, raw);
        return (int) raw;
    }

    /** Codec of the section at a position, whose header is known to be there. */
    static int codec(byte[] payload, int at) {
        return payload[at];
    }

    /**
     * Unpacks a section.
     *
     * @param target at least one byte longer than the raw length, so that a stream that yields more shows
     */
    void unpack(byte[] payload, int at, byte[] target) throws MalformedBlockException {
        int raw = rawLength(payload, at);
        long stored = Layout.u32(payload, at + 8);
        int from = at + Layout.SECTION_HEADER;
        int left = payload.length - from;
        check(stored <= left, at + 8, "expected at most # stored bytes, found #", left, stored);
        int length = (int) stored;
        end = from + length;
        switch (payload[at]) {
            case Layout.CODEC_STORED -> {
                check(length == raw, at + 8, "expected # stored bytes, found #", raw, length);
                System.arraycopy(payload, from, target, 0, length);
            }
            case Layout.CODEC_ZLIB -> inflate(payload, from, length, target, raw);
            case Layout.CODEC_ZSTD -> zstd(payload, from, length, target, raw);
            default ->
                throw new MalformedBlockException(
                        at, "expected codec 0 (stored), 1 (zlib) or 2 (zstd), found " + (payload[at] & 0xFF));
        }
    }

    private void inflate(byte[] payload, int from, int length, byte[] target, int raw) throws MalformedBlockException {
        check(length >= ZLIB_HEADER + ZLIB_TRAILER, from, "expected a zlib stream, found # bytes", length);
        int head = (payload[from] & 0xFF) << 8 | payload[from + 1] & 0xFF;
        boolean deflate = (head >>> 8 & 15) == 8 && head % 31 == 0 && (head & ZLIB_DICTIONARY) == 0;
        check(deflate, from, "expected the head of a zlib stream, found #", head);
        inflater.reset();
        inflater.setInput(payload, from + ZLIB_HEADER, length - ZLIB_HEADER - ZLIB_TRAILER);
        int got = 0;
        try {
            while (!inflater.finished()) {
                int n = inflater.inflate(target, got, raw + 1 - got);
                got += n;
                check(got <= raw, from, "expected # bytes from the zlib stream, found more", raw);
                check(n > 0 || inflater.finished(), from, "expected # bytes from the zlib stream, found #", raw, got);
            }
        } catch (DataFormatException e) {
            throw new MalformedBlockException(from, "expected a zlib stream, found damage: " + e.getMessage());
        }
        check(got == raw, from, "expected # bytes from the zlib stream, found #", raw, got);
        int rest = inflater.getRemaining();
        check(rest == 0, end - rest, "expected the end of the section, found # bytes after the zlib stream", rest);
    }

    private static void zstd(byte[] payload, int from, int length, byte[] target, int raw)
            throws MalformedBlockException {
        long got;
        try {
            got = Zstd.decompressByteArray(target, 0, raw, payload, from, length);
        } catch (ZstdException e) {
            throw new MalformedBlockException(from, "expected a zstd stream, found damage: " + e.getMessage());
        }
        check(got == raw, from, "expected # bytes from the zstd stream, found #", raw, got);
    }

    @Override
    public void close() {
        inflater.end();
    }
}
