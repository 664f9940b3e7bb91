package dev.tracetool.analysis.diff;

import dev.tracetool.analysis.Activity;
import dev.tracetool.analysis.FunctionActivity;
import dev.tracetool.code.CodeIdentity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The code objects of a side, under the names that {@link FileNames} gives their files. */
final class SideFunctions {
    /**
     * A code object.
     *
     * @param file as it was recorded in the first run that has it
     * @param runs what each run counted, null where it does not have it
     */
    record Code(
            CodeIdentity identity, String file, @Nullable FunctionActivity[] runs) {}

    /** What a code object is called: what stays when it is edited. */
    record Name(String file, String qualname) implements Comparable<Name> {
        @Override
        public int compareTo(Name other) {
            int order = file.compareTo(other.file);
            return order != 0 ? order : qualname.compareTo(other.qualname);
        }
    }

    private final Map<CodeIdentity, Code> codes = new HashMap<>();

    SideFunctions(List<Activity> runs, FileNames names) {
        for (int i = 0; i < runs.size(); i++) {
            Activity run = runs.get(i);
            Map<String, String> files = names.of(run);
            for (FunctionActivity function : run.functions()) {
                add(i, runs.size(), function, files);
            }
        }
    }

    private void add(int run, int count, FunctionActivity function, Map<String, String> files) {
        CodeIdentity recorded = function.identity();
        String file = files.getOrDefault(recorded.filename(), recorded.filename());
        CodeIdentity identity = file.equals(recorded.filename())
                ? recorded
                : new CodeIdentity(file, recorded.qualname(), recorded.firstLine(), recorded.digest());
        FunctionActivity named = function.as(identity);
        Code code = codes.computeIfAbsent(identity, i -> new Code(i, recorded.filename(), new FunctionActivity[count]));
        FunctionActivity before = code.runs[run];
        code.runs[run] = before == null ? named : before.plus(named);
    }

    /** The code objects by name, those of one name in order of line. */
    Map<Name, List<Code>> byName() {
        Map<Name, List<Code>> byName = new TreeMap<>();
        for (Code code : codes.values()) {
            Name name = new Name(code.identity.filename(), code.identity.qualname());
            byName.computeIfAbsent(name, n -> new ArrayList<>(1)).add(code);
        }
        byName.values().forEach(group -> group.sort(Comparator.comparing(Code::identity)));
        return byName;
    }
}
