package dev.tracetool.format.codetracer;

import java.util.HexFormat;

/**
 * A digest of what a trace holds, so that a copy is known by it, and the same run in another encoding: these formats name
 * neither process nor start. Two traces that differ have the same one by chance once in 2 to the power of 64; it is no
 * protection from somebody who makes two such traces.
 */
final class ContentDigest {
    private static final long PRIME = 0x9E37_79B9_7F4A_7C15L;
    private static final int TURN = 29;

    private long state;

    void number(long value) {
        state = Long.rotateLeft((state ^ value) * PRIME, TURN);
    }

    /** So many of the values, and their number. */
    void numbers(int[] values, int count) {
        long digest = state;
        int i = 0;
        for (; i < count - 1; i += 2) {
            long both = values[i] & 0xFFFF_FFFFL | (long) values[i + 1] << 32;
            digest = Long.rotateLeft((digest ^ both) * PRIME, TURN);
        }
        state = digest;
        number(i < count ? values[i] : 0);
        number(count);
    }

    void text(String text) {
        for (int i = 0; i < text.length(); i++) {
            number(text.charAt(i));
        }
        number(text.length());
    }

    /** 16 hexadecimal digits. */
    String hex() {
        long mixed = (state ^ state >>> 32) * PRIME;
        return HexFormat.of().toHexDigits(mixed ^ mixed >>> 29);
    }
}
