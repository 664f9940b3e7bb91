package dev.tracetool.format.codetracer.ctfs;

/** A place of the container that does not hold what it should. One line: what was expected and what was found. */
final class MalformedContainerException extends Exception {
    private static final long serialVersionUID = 1L;

    private final long at;

    /** @param at byte position in the container */
    MalformedContainerException(long at, String message) {
        super(message, null, false, false);
        this.at = at;
    }

    long at() {
        return at;
    }

    String text() {
        return String.valueOf(getMessage());
    }
}
