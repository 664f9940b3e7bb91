package dev.tracetool.format.nativetrace;

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

    long end() {
        return offset + Layout.FRAME_OVERHEAD + length;
    }
}
