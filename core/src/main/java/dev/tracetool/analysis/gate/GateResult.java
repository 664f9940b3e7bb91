package dev.tracetool.analysis.gate;

import dev.tracetool.code.CodeIdentity;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What came of holding one thing to one limit.
 *
 * @param subject the file, function or test that it is about, or what a gate is called that is about all; hostile text
 * @param file where it can be shown, null if nowhere; hostile text
 * @param line in the file, 0 if it is about all of it, or unknown
 * @param actual what was found: of a share, the part
 * @param whole of which {@code actual} is a part; 0 of what is no share
 * @param limit of a share, in per cent; else the most that is allowed
 * @param by how much less would have done, or how much more: 0 if the gate was passed
 */
public record GateResult(
        Gate gate, String subject, @Nullable String file, int line, long actual, long whole, String limit, long by) {

    /** The worthiest first: what failed by most, gate after gate; then by name. */
    public static final Comparator<GateResult> WORST_FIRST = Comparator.comparing(GateResult::passed)
            .thenComparing(GateResult::gate)
            .thenComparing(Comparator.comparingLong(GateResult::by).reversed())
            .thenComparing(GateResult::subject)
            .thenComparingInt(GateResult::line);

    public boolean passed() {
        return by == 0;
    }

    /** The line on which a function starts; 0 if it is unknown. */
    static int lineOf(CodeIdentity function) {
        return Math.max(0, function.firstLine());
    }

    static GateResult share(
            Gate gate, String subject, @Nullable String file, Threshold threshold, long part, long whole) {
        return new GateResult(
                gate, subject, file, 0, part, whole, threshold.toString(), threshold.missing(part, whole));
    }

    static GateResult most(Gate gate, String subject, @Nullable String file, int line, long actual, long limit) {
        return new GateResult(
                gate, subject, file, line, actual, 0, Long.toString(limit), actual <= limit ? 0 : actual - limit);
    }

    /** The failures of a gate that is about no limit, or one result if there are none. */
    static List<GateResult> orPassed(List<GateResult> failures, Gate gate, String subject) {
        return failures.isEmpty() ? List.of(most(gate, subject, null, 0, 0, 0)) : failures;
    }

    /** Whether all were passed. */
    public static boolean allPassed(List<GateResult> results) {
        return results.stream().allMatch(GateResult::passed);
    }
}
