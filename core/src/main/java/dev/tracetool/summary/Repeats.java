package dev.tracetool.summary;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * Texts of the summary that was read last, by their places in it. Of a thousand summaries nearly every one is that of the
 * one before: it is then the same object, and whatever is compared with it later is compared at once.
 */
final class Repeats {
    /** Texts beyond these are made anew each time, so that what is kept is bounded. */
    private static final int MAX_PLACES = 1 << 16;

    private static final int MAX_BYTES = 1 << 10;

    private byte[][] bytes = new byte[256][];
    private String[] texts = new String[256];

    /** The text of bytes that are UTF-8. */
    String text(int place, byte[] array, int from, int length) {
        if (isKnown(place, array, from, length)) {
            return texts[place];
        }
        return keep(place, array, from, length, new String(array, from, length, StandardCharsets.UTF_8));
    }

    /** The bytes in hexadecimal digits. */
    String hex(int place, byte[] array, int from, int length) {
        if (isKnown(place, array, from, length)) {
            return texts[place];
        }
        return keep(place, array, from, length, HexFormat.of().formatHex(array, from, from + length));
    }

    private boolean isKnown(int place, byte[] array, int from, int length) {
        if (place >= bytes.length || bytes[place] == null) {
            return false;
        }
        byte[] known = bytes[place];
        return Arrays.equals(known, 0, known.length, array, from, from + length);
    }

    private String keep(int place, byte[] array, int from, int length, String text) {
        if (place < MAX_PLACES && length <= MAX_BYTES) {
            if (place >= bytes.length) {
                int room = Math.max(place + 1, 2 * bytes.length);
                bytes = Arrays.copyOf(bytes, room);
                texts = Arrays.copyOf(texts, room);
            }
            bytes[place] = Arrays.copyOfRange(array, from, from + length);
            texts[place] = text;
        }
        return text;
    }
}
