package dev.tracetool.code;

/**
 * The bytes of a line table are no table of its format. It holds no stack trace and no suppressed exceptions: a wrapper
 * keeps it and throws it again on each ask, from any thread, and a damaged file can have very many.
 */
public final class MalformedLineTableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int position;
    private final String expected;
    private final String found;

    public MalformedLineTableException(int position, String expected, String found) {
        super(
                "malformed line table at byte " + position + ": expected " + expected + ", found " + found,
                null,
                false,
                false);
        this.position = position;
        this.expected = expected;
        this.found = found;
    }

    /** Position, in the table, of the byte that was not as expected; the table's length if it ended too early. */
    public int position() {
        return position;
    }

    public String expected() {
        return expected;
    }

    public String found() {
        return found;
    }
}
