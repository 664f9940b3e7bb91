package dev.tracetool.format.nativetrace;

/** A payload whose checksum is right but whose content is not. The block is left out as a whole. */
final class MalformedBlockException extends Exception {
    private static final long serialVersionUID = 1L;

    private final int at;

    /**
     * @param at position in the payload
     * @param message what was expected and what was found
     */
    MalformedBlockException(int at, String message) {
        super(message, null, false, false);
        this.at = at;
    }

    int at() {
        return at;
    }

    static void check(boolean holds, int at, String message) throws MalformedBlockException {
        if (!holds) {
            throw new MalformedBlockException(at, message);
        }
    }

    /**
     * Throws unless the condition holds. The message is put together only then: that would cost more than all the rest.
     *
     * @param pattern the message, with a # in the place of each number
     */
    static void check(boolean holds, int at, String pattern, long... numbers) throws MalformedBlockException {
        if (!holds) {
            throw new MalformedBlockException(at, fill(pattern, numbers));
        }
    }

    private static String fill(String pattern, long... numbers) {
        String message = pattern;
        for (long number : numbers) {
            message = message.replaceFirst("#", Long.toString(number));
        }
        return message;
    }
}
