package dev.tracetool.format.codetracer;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Where bytes are no UTF-8, which a parser of JSON tells only about, and of UTF-16, which it takes too, not at all. */
public final class Utf8 {
    private Utf8() {}

    /**
     * Where JSON shows that it is in UTF-16 or UTF-32, by the mark at its start or by a zero in its first two bytes, which a
     * parser looks at too; -1 if it does not. A zero further on is one, and no sign of another encoding.
     */
    public static int otherEncoding(byte[] bytes) {
        boolean mark = bytes.length >= 2
                && (bytes[0] == (byte) 0xFE && bytes[1] == (byte) 0xFF
                        || bytes[0] == (byte) 0xFF && bytes[1] == (byte) 0xFE);
        if (mark) {
            return 0;
        }
        for (int i = 0; i < Math.min(2, bytes.length); i++) {
            if (bytes[i] == 0) {
                return i;
            }
        }
        return -1;
    }

    /** The start of the first sequence of bytes that is no UTF-8; -1 if there is none. */
    static int invalid(byte[] bytes) {
        CharsetDecoder decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer out = CharBuffer.allocate(1 << 12);
        while (true) {
            out.clear();
            var result = decoder.decode(in, out, true);
            if (result.isError()) {
                return in.position();
            }
            if (result.isUnderflow()) {
                return -1;
            }
        }
    }

    static MalformedRecordException failure(byte[] bytes, int at) {
        return new MalformedRecordException(
                at, String.format(Locale.ROOT, "expected UTF-8, found the byte 0x%02x", bytes[at]));
    }
}
