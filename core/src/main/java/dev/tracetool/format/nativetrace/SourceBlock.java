package dev.tracetool.format.nativetrace;

import static dev.tracetool.format.nativetrace.MalformedBlockException.check;

import dev.tracetool.trace.TraceSource;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * A source file's digest, and its text if the trace carries it.
 *
 * <pre>
 *  0  u64 size   8  32 bytes SHA-256   40  u32 flags   44  u32 length of the name   48  name   ..  packed section
 * </pre>
 *
 * <p>The section is there if bit 0 of the flags is set. Its bytes have that size and that digest, which is checked: a
 * text is shown as what ran.
 */
final class SourceBlock {
    private static final int NAME = 48;
    private static final int DIGEST_BYTES = 32;
    private static final int WITH_TEXT = 1;

    private SourceBlock() {}

    /** Whether there is a text; the payload's head is checked. */
    static boolean hasText(byte[] payload) throws MalformedBlockException {
        check(payload.length >= NAME, 0, "expected a head of # bytes, found #", NAME, payload.length);
        long size = Layout.i64(payload, 0);
        check(size >= 0, 0, "expected a size below 2^63, found #", size);
        long length = Layout.u32(payload, 44);
        check(length <= payload.length - NAME, 44, "expected a name that fits, found # bytes", length);
        boolean hasText = (Layout.i32(payload, 40) & WITH_TEXT) != 0;
        check(!hasText || size <= Layout.MAX_SOURCE, 0, "expected at most # bytes, found #", Layout.MAX_SOURCE, size);
        return hasText;
    }

    static TraceSource read(byte[] payload, Unpacker unpacker) throws MalformedBlockException {
        boolean hasText = hasText(payload);
        int length = Layout.i32(payload, 44);
        byte[] text = hasText ? text(payload, NAME + length, unpacker) : null;
        return new TraceSource(
                Utf8.decode(payload, NAME, length),
                Layout.i64(payload, 0),
                HexFormat.of().formatHex(payload, 8, 8 + DIGEST_BYTES),
                text);
    }

    private static byte[] text(byte[] payload, int at, Unpacker unpacker) throws MalformedBlockException {
        int raw = unpacker.rawLength(payload, at);
        check(
                raw == Layout.i64(payload, 0),
                at + 4,
                "expected a text of # bytes, found #",
                Layout.i64(payload, 0),
                raw);
        byte[] target = new byte[raw + 1];
        unpacker.unpack(payload, at, target);
        boolean same = Arrays.equals(sha256(target, raw), 0, DIGEST_BYTES, payload, 8, 8 + DIGEST_BYTES);
        check(same, 8, "expected the digest of the text, found another");
        return Arrays.copyOf(target, raw);
    }

    static byte[] write(TraceSource source, Packer packer) {
        byte[] name = source.file().getBytes(StandardCharsets.UTF_8);
        byte[] text = source.text();
        if (text != null && text.length > Layout.MAX_SOURCE) {
            throw new IllegalArgumentException("a text of " + text.length + " bytes");
        }
        PayloadBuilder payload = new PayloadBuilder().i64(source.size());
        payload.bytes(HexFormat.of().parseHex(source.sha256()), DIGEST_BYTES);
        payload.u32(text == null ? 0 : WITH_TEXT).u32(name.length).bytes(name);
        if (text != null) {
            packer.pack(text, payload);
        }
        return payload.toBytes();
    }

    private static byte[] sha256(byte[] bytes, int length) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(bytes, 0, length);
            return digest.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
