package dev.tracetool.format.codetracer;

/** Bytes from which on no records can be told apart: those before them are sound, those after them are lost. */
public final class MalformedRecordException extends Exception {
    private static final long serialVersionUID = 1L;

    private final long at;

    /**
     * @param at byte position, in what is being read
     * @param message what was expected and what was found
     */
    public MalformedRecordException(long at, String message) {
        super(message, null, false, false);
        this.at = at;
    }

    public long at() {
        return at;
    }

    /** What was expected and what was found. */
    public String text() {
        return String.valueOf(getMessage());
    }
}
