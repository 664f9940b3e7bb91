package dev.tracetool.analysis;

import dev.tracetool.code.CodeIdentity;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What was read together with the code that ran, and what of it does not fit.
 *
 * @param summary the same as before, with what is known of code in one place
 * @param strayLines lines that ran and that the line table of their code object does not have: it is of another source
 * @param strayFile the file of the first of these; empty if there are none
 * @param strayLine the first of these, 0 if there are none
 * @param untold files that ran, and of which no input has a line table; 0 if no input is compiled Python
 * @param firstUntold the first of these, empty if there are none
 * @param idle files of which an input has the line tables, and that did not run; likewise
 * @param firstIdle the first of these, empty if there are none
 */
public record Joined(
        Summary summary,
        int strayLines,
        String strayFile,
        int strayLine,
        int untold,
        String firstUntold,
        int idle,
        String firstIdle) {
    private static final int CALLED = 1;
    private static final int TABLE = 2;

    /** @param known what was joined; null if nothing was */
    static Joined of(Summary before, Summary summary, @Nullable KnownCode known) {
        TreeMap<CodeIdentity, Integer> stray = new TreeMap<>();
        int lines = 0;
        for (Map.Entry<CodeIdentity, CodeIdentity> pair : known == null
                ? Map.<CodeIdentity, CodeIdentity>of().entrySet()
                : known.all().entrySet()) {
            FunctionActivity run = before.activity().function(pair.getKey());
            FunctionActivity code = before.activity().function(pair.getValue());
            if (run == null || code == null || !code.hasTable()) {
                continue;
            }
            for (int line : run.lines().otherLines()) {
                // Line 0, on which a module starts, is of no table.
                if (line > 0 && !code.lines().isExecutable(line)) {
                    lines++;
                    stray.merge(code.identity(), line, Math::min);
                }
            }
        }
        Map<String, Integer> files = files(summary.activity());
        return new Joined(
                summary,
                lines,
                stray.isEmpty() ? "" : stray.firstKey().filename(),
                stray.isEmpty() ? 0 : stray.firstEntry().getValue(),
                count(files, CALLED),
                first(files, CALLED),
                count(files, TABLE),
                first(files, TABLE));
    }

    /** What is known of each file. */
    private static TreeMap<String, Integer> files(Activity activity) {
        TreeMap<String, Integer> files = new TreeMap<>();
        if (activity.inputs().stream().noneMatch(InputActivity::isCode)) {
            return files;
        }
        for (FunctionActivity function : activity.functions()) {
            String file = function.identity().filename();
            if (!file.isEmpty() && !file.startsWith("<")) {
                int is = (function.called() ? CALLED : 0) | (function.hasTable() ? TABLE : 0);
                files.merge(file, is, (a, b) -> a | b);
            }
        }
        return files;
    }

    private static int count(Map<String, Integer> files, int what) {
        return (int) files.values().stream().filter(is -> is == what).count();
    }

    private static String first(Map<String, Integer> files, int what) {
        for (Map.Entry<String, Integer> file : files.entrySet()) {
            if (file.getValue() == what) {
                return file.getKey();
            }
        }
        return "";
    }
}
