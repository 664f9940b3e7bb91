package dev.tracetool.export;

/** Parts of a whole in per cent. Never rounded up to 100 nor down to 0: these two mean all and nothing. */
public final class Percent {
    private Percent() {}

    /** As in {@code 79%}; {@code -} of a whole of nothing. */
    public static String of(long part, long whole) {
        if (whole <= 0) {
            return "-";
        }
        if (part <= 0) {
            return "0%";
        }
        if (part >= whole) {
            return "100%";
        }
        long rounded = Math.round(100.0 * part / whole);
        return Math.max(1, Math.min(99, rounded)) + "%";
    }

    /** With one place: {@code 79.3%}, {@code <0.1%}; {@code -} of a whole of nothing. */
    public static String fine(long part, long whole) {
        if (whole <= 0 || part <= 0 || part >= whole) {
            return of(part, whole);
        }
        long thousandth = Math.min(999, Math.round(1000.0 * part / whole));
        return thousandth == 0 ? "<0.1%" : thousandth / 10 + "." + thousandth % 10 + "%";
    }
}
