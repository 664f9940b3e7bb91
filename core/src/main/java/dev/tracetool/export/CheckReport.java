package dev.tracetool.export;

import dev.tracetool.analysis.InputActivity;
import dev.tracetool.analysis.gate.DiffCoverage;
import dev.tracetool.analysis.gate.GateResult;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What came of holding a run to its gates.
 *
 * @param results the failures first, the worthiest first
 * @param skipped gates that were asked for and not tried, with the reason
 * @param diff what is known of the lines of a diff; null if none was given
 */
public record CheckReport(
        List<InputActivity> inputs,
        List<GateResult> results,
        List<String> skipped,
        @Nullable DiffCoverage diff) {

    public CheckReport {
        results = results.stream().sorted(GateResult.WORST_FIRST).toList();
    }

    public List<GateResult> failures() {
        return results.stream().filter(result -> !result.passed()).toList();
    }

    public boolean passed() {
        return GateResult.allPassed(results);
    }
}
