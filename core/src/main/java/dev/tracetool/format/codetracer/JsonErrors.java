package dev.tracetool.format.codetracer;

import tools.jackson.core.JacksonException;

/** What Jackson says is wrong, as positions and messages of ours. */
public final class JsonErrors {
    private JsonErrors() {}

    /** The byte where the error is, or the other one, if Jackson does not say. */
    public static long position(JacksonException e, long otherwise) {
        long at = e.getLocation() == null ? -1 : e.getLocation().getByteOffset();
        return at < 0 ? otherwise : at;
    }

    /** What is wrong, in one line. */
    public static String message(JacksonException e) {
        String message = e.getOriginalMessage();
        String first = message == null ? "damage" : message.lines().findFirst().orElse("damage");
        int source = first.indexOf(" (start marker at ["); // Jackson describes its source, which is no file to it
        return "expected JSON, found: " + (source < 0 ? first : first.substring(0, source));
    }
}
