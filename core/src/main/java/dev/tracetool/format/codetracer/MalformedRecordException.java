package dev.tracetool.format.codetracer;

/** Bytes from which on no records can be told apart: those before them are sound, those after them are lost. */
public final class MalformedRecordException extends Exception {
    private static final long serialVersionUID = 1L;

    private final long at;
    private final boolean behindEnd;

    /**
     * @param at byte position, in what is being read
     * @param message what was expected and what was found
     */
    public MalformedRecordException(long at, String message) {
        this(at, message, false);
    }

    private MalformedRecordException(long at, String message, boolean behindEnd) {
        super(message, null, false, false);
        this.at = at;
        this.behindEnd = behindEnd;
    }

    /** Of bytes behind all records: nothing is missing. */
    public static MalformedRecordException behindEnd(long at, String message) {
        return new MalformedRecordException(at, message, true);
    }

    public long at() {
        return at;
    }

    /** Whether all records were there already. */
    public boolean isBehindEnd() {
        return behindEnd;
    }

    /** What was expected and what was found. */
    public String text() {
        return String.valueOf(getMessage());
    }
}
