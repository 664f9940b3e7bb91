package dev.tracetool.input;

import java.util.Locale;

/** How much of its limits an archive, or what else is packed, has used up, together with the archives in it. */
final class Budget {
    private final String name;
    private String what;
    private final long packed;
    private final InputLimits limits;
    private long unpacked;
    private int entries;

    /**
     * @param name of the archive
     * @param packed its size in bytes
     */
    Budget(String name, long packed, InputLimits limits) {
        this(name, "an archive", packed, limits);
    }

    /** @param what is packed, in the words of a message */
    Budget(String name, String what, long packed, InputLimits limits) {
        this.name = name;
        this.what = what;
        this.packed = packed;
        this.limits = limits;
    }

    /** What it is of is no archive, as was thought, but one file that is compressed. */
    void isOfOneFile(String file) {
        if (file.equals(name)) {
            what = "a compressed file";
        }
    }

    InputLimits limits() {
        return limits;
    }

    /** So many more bytes came out of it. */
    void unpacked(long bytes) throws LimitException {
        unpacked += bytes;
        if (unpacked > limits.unpacked(packed)) {
            throw new LimitException(
                    name,
                    "is " + what + " that unpacks to over " + limits.ratio() + " times its size and "
                            + number(limits.slack()) + " bytes");
        }
        if (unpacked > limits.total()) {
            throw new LimitException(name, "is " + what + " that unpacks to over " + number(limits.total()) + " bytes");
        }
    }

    /** One more entry. */
    void entry() throws LimitException {
        expect(1);
        entries++;
    }

    /** Whether there is room for so many more entries, which are not counted yet. */
    void expect(long more) throws LimitException {
        if (entries + more > limits.entries()) {
            throw new LimitException(name, "is " + what + " with over " + number(limits.entries()) + " entries");
        }
    }

    static String number(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }
}
