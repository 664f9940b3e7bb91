package dev.tracetool.analysis.gate;

import dev.tracetool.analysis.CoveredFile;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Least shares of statements that ran. What is asked of each file can be another share for some files: of several rules
 * that fit a file, the last one counts, so that exceptions can stand behind what is common.
 */
public final class CoverageGates {
    /**
     * What is asked of some files.
     *
     * @param name as the user wrote it
     * @param files which, by their recorded names
     * @param each what each of them needs, null if nothing
     * @param together what they need together, null if nothing
     */
    public record Rule(
            String name,
            Predicate<String> files,
            @Nullable Threshold each,
            @Nullable Threshold together) {}

    private CoverageGates() {}

    /** A result for each rule about files together that has any, and for each file about which there is a rule. */
    public static List<GateResult> of(List<CoveredFile> files, List<Rule> rules) {
        List<GateResult> results = new ArrayList<>();
        for (Rule rule : rules) {
            if (rule.together() != null) {
                long hit = 0;
                long statements = 0;
                for (CoveredFile file : files) {
                    if (rule.files().test(file.file())) {
                        hit += file.coverage().hit();
                        statements += file.coverage().statements();
                    }
                }
                results.add(GateResult.share(Gate.TOTAL_COVERAGE, rule.name(), null, rule.together(), hit, statements));
            }
        }
        for (CoveredFile file : files) {
            Threshold threshold = thresholdOf(file.file(), rules);
            if (threshold != null) {
                results.add(GateResult.share(
                        Gate.FILE_COVERAGE,
                        file.file(),
                        file.file(),
                        threshold,
                        file.coverage().hit(),
                        file.coverage().statements()));
            }
        }
        return results;
    }

    private static @Nullable Threshold thresholdOf(String file, List<Rule> rules) {
        Threshold last = null;
        for (Rule rule : rules) {
            if (rule.each() != null && rule.files().test(file)) {
                last = rule.each();
            }
        }
        return last;
    }
}
