package dev.tracetool.format.nativetrace;

import java.nio.charset.StandardCharsets;

/** Text of a trace. */
final class Utf8 {
    private Utf8() {}

    /** Decodes; whatever is not UTF-8, lone surrogates included, becomes U+FFFD. Never throws. */
    static String decode(byte[] bytes, int from, int length) {
        return new String(bytes, from, length, StandardCharsets.UTF_8);
    }
}
