package dev.tracetool.analysis.gate;

import dev.tracetool.analysis.CoveredFile;
import dev.tracetool.analysis.FileCoverage;
import dev.tracetool.source.ChangedLines;
import dev.tracetool.source.FileChange;
import dev.tracetool.source.RecordedPaths;
import dev.tracetool.source.UnifiedDiff;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which of the statements that a diff adds or changes ran: what others call patch coverage. A statement that goes over
 * several lines is changed if any of them is. The run has to be one of the code after the diff.
 *
 * @param files changed files that were recorded, in the order of the diff
 * @param unknown changed Python files that were not recorded: nothing is known of their statements
 * @param ambiguous changed files that could be any of several recorded ones: all of them are among {@code files}
 */
public record DiffCoverage(List<File> files, List<String> unknown, List<String> ambiguous) {
    /** Lines, both included. */
    public record Range(int first, int last) {
        /** As in {@code 3} or {@code 3-5}. */
        @Override
        public String toString() {
            return first == last ? Integer.toString(first) : first + "-" + last;
        }
    }

    /**
     * A changed file.
     *
     * @param path as in the diff
     * @param file as it was recorded
     * @param hit how many of its changed statements ran
     * @param missing first lines of those that did not, ascending
     */
    public record File(String path, String file, int hit, int[] missing) {
        public int statements() {
            return hit + missing.length;
        }

        /** First and last of the missing lines that follow each other, ascending. */
        public List<Range> missingRanges() {
            List<Range> ranges = new ArrayList<>();
            for (int i = 0; i < missing.length; i++) {
                int first = missing[i];
                while (i + 1 < missing.length && missing[i + 1] == missing[i] + 1) {
                    i++;
                }
                ranges.add(new Range(first, missing[i]));
            }
            return ranges;
        }
    }

    public static DiffCoverage of(UnifiedDiff diff, List<CoveredFile> files) {
        Map<String, CoveredFile> byName = new HashMap<>();
        files.forEach(file -> byName.put(file.file(), file));
        RecordedPaths paths = new RecordedPaths(byName.keySet());
        List<File> found = new ArrayList<>();
        List<String> unknown = new ArrayList<>();
        List<String> ambiguous = new ArrayList<>();
        for (FileChange change : diff.files()) {
            ChangedLines lines = change.addedLines();
            String path = change.path();
            if (lines.isEmpty()) {
                continue;
            }
            RecordedPaths.Match match = paths.find(path);
            if (match.files().isEmpty() && path.endsWith(".py")) {
                unknown.add(path);
            }
            if (match.isAmbiguous()) {
                ambiguous.add(path);
            }
            for (String file : match.files()) {
                CoveredFile covered = byName.get(file);
                if (covered != null) {
                    found.add(count(path, file, covered.coverage(), lines));
                }
            }
        }
        return new DiffCoverage(List.copyOf(found), List.copyOf(unknown), List.copyOf(ambiguous));
    }

    private static File count(String path, String file, FileCoverage coverage, ChangedLines lines) {
        Set<Integer> hit = new HashSet<>(); // lines can be any: no bits
        TreeSet<Integer> missing = new TreeSet<>();
        for (int range = 0; range < lines.size(); range++) {
            for (int line = lines.first(range); line <= lines.last(range); line++) {
                int first = coverage.firstLine(line);
                if (coverage.isHit(first)) {
                    hit.add(first);
                } else if (coverage.isMissing(first)) {
                    missing.add(first);
                }
            }
        }
        return new File(
                path,
                file,
                hit.size(),
                missing.stream().mapToInt(Integer::intValue).toArray());
    }

    public long hit() {
        return files.stream().mapToLong(File::hit).sum();
    }

    public long statements() {
        return files.stream().mapToLong(File::statements).sum();
    }

    /** One result for the whole diff. */
    public GateResult gate(Threshold threshold) {
        return GateResult.share(Gate.DIFF_COVERAGE, "diff", null, threshold, hit(), statements());
    }
}
