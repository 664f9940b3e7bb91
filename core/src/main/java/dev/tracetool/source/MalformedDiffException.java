package dev.tracetool.source;

import java.io.IOException;

/** A diff that cannot be read. The message names the line; what it quotes is hostile text. */
public final class MalformedDiffException extends IOException {
    private static final long serialVersionUID = 1L;
    private static final int MAX_QUOTED = 60;

    MalformedDiffException(long line, String message) {
        super("line " + line + ": " + message);
    }

    /** Some of a text, to be shown to who has to find it. */
    static String quote(String text) {
        return "'" + (text.length() > MAX_QUOTED ? text.substring(0, MAX_QUOTED) + "..." : text) + "'";
    }
}
