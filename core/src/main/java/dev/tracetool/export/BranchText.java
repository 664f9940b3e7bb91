package dev.tracetool.export;

import dev.tracetool.analysis.CoveredFile;
import dev.tracetool.analysis.FileBranches;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Branches that were not taken, in words. */
public final class BranchText {
    private BranchText() {}

    /** The lines to which none was taken from a line that ran: {@code 7, exit}; empty if there are none. */
    public static String untaken(CoveredFile file, int line) {
        FileBranches branches = file.branches();
        return branches == null || !file.coverage().isHit(line)
                ? ""
                : branches.missing().getOrDefault(line, List.of()).stream()
                        .map(BranchText::target)
                        .collect(Collectors.joining(", "));
    }

    private static String target(int line) {
        return line < 0 ? "exit" : Integer.toString(line);
    }

    /** What was missed, with the signs of coverage.py: {@code 3, 7-12, 5->7}. */
    public static String missing(CoveredFile file) {
        List<String> parts = new ArrayList<>();
        String lines = file.coverage().missingRanges();
        if (!lines.isEmpty()) {
            parts.add(lines);
        }
        FileBranches branches = file.branches();
        if (branches != null) {
            branches.missing().forEach((line, targets) -> {
                if (file.coverage().isHit(line)) {
                    targets.forEach(to -> parts.add(line + "->" + target(to)));
                }
            });
        }
        return String.join(", ", parts);
    }

    /** A figure of branches, null where there are none. */
    interface Figure {
        long of(FileBranches branches);
    }

    static @Nullable Long figure(CoveredFile file, Figure figure) {
        FileBranches branches = file.branches();
        return branches == null ? null : (Long) figure.of(branches);
    }
}
