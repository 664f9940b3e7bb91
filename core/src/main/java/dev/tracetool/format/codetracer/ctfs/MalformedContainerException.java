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

    /** The same, with the internal file that it was found in, if it is not named already. */
    String textIn(String file) {
        String text = text();
        return text.contains(file) ? text : file + ": " + text;
    }
}
