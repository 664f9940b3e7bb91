package dev.tracetool.format.nativetrace;

import dev.tracetool.trace.TraceException;

/**
 * The head of a frame.
 *
 * @param offset in the file
 * @param sequence as in the file: an unsigned count that wraps
 * @param length of the payload, in bytes
 */
record Frame(long offset, byte type, int sequence, int length) {
    long payloadAt() {
        return offset + Layout.FRAME_HEADER;
    }

    /**
     * Whether this version reads frames of this type; others are skipped.
     *
     * @param input name of the file
     * @throws TraceException if it does not, but must
     */
    boolean isKnown(String input) throws TraceException {
        boolean known = Layout.isKnown(type);
        if (!known && Layout.isRequired(type)) {
            String found = "the required type '" + (char) type + "', which needs a newer tracetool";
            throw new TraceException(input, offset + 4, "expected a known type of block, found " + found);
        }
        return known;
    }

    long end() {
        return offset + Layout.FRAME_OVERHEAD + length;
    }
}
