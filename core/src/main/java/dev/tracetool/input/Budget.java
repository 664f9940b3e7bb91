package dev.tracetool.input;

import java.util.Locale;

/** How much of its limits an archive has used up, together with the archives in it. */
final class Budget {
    private final String archive;
    private final long packed;
    private final InputLimits limits;
    private long unpacked;
    private int entries;

    /**
     * @param archive its name
     * @param packed its size in bytes
     */
    Budget(String archive, long packed, InputLimits limits) {
        this.archive = archive;
        this.packed = packed;
        this.limits = limits;
    }

    InputLimits limits() {
        return limits;
    }

    /** So many more bytes came out of it. */
    void unpacked(long bytes) throws LimitException {
        unpacked += bytes;
        if (unpacked > limits.unpacked(packed)) {
            throw new LimitException(
                    archive, "is an archive that unpacks to over " + limits.ratio() + " times its size");
        }
        if (unpacked > limits.total()) {
            throw new LimitException(
                    archive, "is an archive that unpacks to over " + number(limits.total()) + " bytes");
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
            throw new LimitException(archive, "is an archive with over " + number(limits.entries()) + " entries");
        }
    }

    static String number(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }
}
