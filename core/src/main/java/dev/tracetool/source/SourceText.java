package dev.tracetool.source;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A source file as text, with its lines as Python counts them: {@code \n}, {@code \r\n} and {@code \r} end one, and
 * nothing else does. What cannot be decoded becomes U+FFFD. Hostile text. Immutable.
 */
public final class SourceText {
    private final String text;

    /** Where each line starts, and the end of the text. */
    private final int[] starts;

    private final String encoding;

    private SourceText(String text, String encoding) {
        this.text = text;
        this.encoding = encoding;
        int[] found = new int[64];
        int count = 1;
        for (int end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', end + 1)) {
            if (count == found.length) {
                found = Arrays.copyOf(found, 2 * count);
            }
            found[count++] = end + 1;
        }
        this.starts = Arrays.copyOf(found, count);
    }

    /**
     * Decodes a source file. Of an encoding that this Java does not know, everything outside of ASCII becomes U+FFFD: the
     * lines are right all the same.
     */
    public static SourceText of(byte[] source) {
        int from = SourceEncoding.markLength(source);
        Charset charset = SourceEncoding.of(source);
        byte[] plain = new byte[source.length - from + 1];
        int length = 0;
        for (int i = from; i < source.length; i++) {
            byte b = source[i];
            if (b != '\r') {
                plain[length++] = b;
            } else if (i + 1 == source.length || source[i + 1] != '\n') {
                plain[length++] = '\n';
            }
        }
        if (length > 0 && plain[length - 1] != '\n') {
            plain[length++] = '\n'; // Python ends the last line of a file in any case
        }
        Charset used = charset == null ? StandardCharsets.US_ASCII : charset;
        return new SourceText(new String(plain, 0, length, used), charset == null ? "" : used.name());
    }

    /** All of it: each line ends with {@code \n}. */
    public String text() {
        return text;
    }

    /** The name of the character set it was decoded from; empty if it is one that this Java does not know. */
    public String encoding() {
        return encoding;
    }

    /** Number of lines. */
    public int lines() {
        return starts.length - 1;
    }

    /**
     * A line without its end.
     *
     * @param line from 1 to {@link #lines}
     */
    public String line(int line) {
        return text.substring(starts[line - 1], starts[line] - 1);
    }
}
