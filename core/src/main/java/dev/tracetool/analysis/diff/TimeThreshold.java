package dev.tracetool.analysis.diff;

/**
 * When a time counts as changed. It has to be past both limits; and the median of each side has to be outside of the
 * middle half of the other's runs, since what is within could have been one of these.
 *
 * @param percent of the smaller of both medians, so that slower and faster are one matter
 * @param floorNs the least difference that matters to anyone
 */
public record TimeThreshold(double percent, long floorNs) {
    /** Runs that each side needs: one alone says nothing of its noise. */
    public static final int LEAST_RUNS = 2;

    public static final TimeThreshold DEFAULT = new TimeThreshold(10, 1_000_000);

    boolean isPassed(Sample base, Sample head) {
        if (base.runs() < LEAST_RUNS || head.runs() < LEAST_RUNS) {
            return false;
        }
        long difference = Math.abs(head.median() - base.median());
        double limit = percent / 100 * Math.min(base.median(), head.median());
        return difference > floorNs
                && difference > limit
                && base.isOutside(head.median())
                && head.isOutside(base.median());
    }
}
