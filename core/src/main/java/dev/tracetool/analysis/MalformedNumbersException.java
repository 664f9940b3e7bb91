package dev.tracetool.analysis;

/** Bytes are not what they should be. The message says what was expected and what was found. */
public final class MalformedNumbersException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int position;

    /** @param position in the bytes */
    public MalformedNumbersException(int position, String message) {
        super(message);
        this.position = position;
    }

    public int position() {
        return position;
    }
}
