package dev.tracetool.format.codetracer.json;

import java.io.IOException;
import java.io.InputStream;

/**
 * Finds the end of a value of JSON without holding anything of it, where a parser gives up. What the value is made of is
 * not looked at, but for texts and brackets.
 */
final class JsonValueEnd {
    private JsonValueEnd() {}

    /**
     * Goes behind the value that begins at the place where a stream is.
     *
     * @param in which can go back to a mark
     * @return its bytes, or -1 if the stream ends before it does
     */
    static long skip(InputStream in) throws IOException {
        int depth = 0;
        long size = 0;
        while (true) {
            int c = in.read();
            if (c < 0) {
                return -1;
            }
            size++;
            switch (c) {
                case '{', '[' -> depth++;
                case '}', ']' -> depth--;
                case '"' -> {
                    long text = text(in);
                    if (text < 0) {
                        return -1;
                    }
                    size += text;
                }
                default -> {
                    if (depth == 0) {
                        long word = word(in);
                        return word < 0 ? -1 : size + word;
                    }
                }
            }
            if (depth <= 0) {
                return size;
            }
        }
    }

    /** To its closing quote. */
    private static long text(InputStream in) throws IOException {
        long size = 0;
        boolean escaped = false;
        for (int c = in.read(); c >= 0; c = in.read()) {
            size++;
            if (escaped) {
                escaped = false;
            } else if (c == '\\') {
                escaped = true;
            } else if (c == '"') {
                return size;
            }
        }
        return -1;
    }

    /** To what cannot belong to a number. */
    private static long word(InputStream in) throws IOException {
        for (long size = 0; ; size++) {
            in.mark(1);
            int c = in.read();
            if (c < 0) {
                return -1;
            }
            if (c == ',' || c == ']' || c == '}' || c <= ' ') {
                in.reset();
                return size;
            }
        }
    }
}
