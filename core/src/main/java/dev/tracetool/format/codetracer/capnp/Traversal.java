package dev.tracetool.format.codetracer.capnp;

import dev.tracetool.format.codetracer.BinaryHeader;
import dev.tracetool.format.codetracer.MalformedRecordException;

/**
 * How much of a message may be looked at. Pointers of a small message can go to one place over and over, so that it says
 * something of any size; what a writer writes is looked at once.
 */
final class Traversal {
    /** Words that the smallest message may come to: 16 MiB. */
    private static final long SLACK = 1 << 21;

    /** Times its own size that a message may come to. */
    private static final int RATIO = 4;

    private final long most;
    private final String what;
    private final String advice;
    private long left;

    private Traversal(long most, String what, String advice) {
        this.most = most;
        this.what = what;
        this.advice = advice;
        this.left = most;
    }

    /** For names alone: no writer refers to one twice. */
    static Traversal ofNames(long words) {
        return new Traversal(words + SLACK, "names", "");
    }

    /** For everything, once for each who refers to it. */
    static Traversal ofAll(long words, boolean bounded) {
        return new Traversal(bounded ? RATIO * words + SLACK : Long.MAX_VALUE, "records", "; --no-limits lifts this");
    }

    /**
     * Looks at so many words.
     *
     * @param record the number of that which is read
     */
    void spend(long words, long record) throws MalformedRecordException {
        left -= words;
        if (left < 0) {
            throw new MalformedRecordException(
                    BinaryHeader.SIZE,
                    "record " + record + ": expected " + what + " that come to at most " + Long.BYTES * most
                            + " bytes together, found more: many pointers go to the same place" + advice);
        }
    }
}
