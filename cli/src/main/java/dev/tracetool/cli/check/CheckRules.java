package dev.tracetool.cli.check;

import dev.tracetool.analysis.FunctionActivity;
import dev.tracetool.analysis.gate.CoverageGates;
import dev.tracetool.analysis.gate.FunctionLimit;
import dev.tracetool.analysis.gate.Gate;
import dev.tracetool.analysis.gate.Threshold;
import dev.tracetool.cli.command.Glob;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a run is held to. What is added later takes the place of what says the same before. */
final class CheckRules {
    private static final String ALL_FILES = "all files";

    /**
     * Limits of some functions, by their qualified names.
     *
     * @param name as the user wrote it
     */
    record FunctionRule(String name, FunctionLimit limit) {}

    private final List<CoverageGates.Rule> files = new ArrayList<>();
    private final List<FunctionRule> functions = new ArrayList<>();
    private final Set<Gate> others = EnumSet.noneOf(Gate.class);
    private @Nullable Threshold diff;

    /**
     * @param glob which files, null for all
     * @param each what each of them needs, null if nothing
     * @param together what they need together, null if nothing
     */
    void addFiles(@Nullable String glob, @Nullable Threshold each, @Nullable Threshold together) {
        Glob path = glob == null ? null : Glob.ofPath(glob);
        String name = glob == null ? ALL_FILES : glob;
        if (together != null) {
            files.removeIf(rule -> rule.together() != null && rule.name().equals(name));
            files.add(new CoverageGates.Rule(name, file -> path == null || path.matches(file), null, together));
        }
        if (each != null) {
            files.add(new CoverageGates.Rule(name, file -> path == null || path.matches(file), each, null));
        }
    }

    /** @param file glob of their files, null for all */
    void addFunctions(String glob, @Nullable String file, Gate gate, long most) {
        Glob name = Glob.of(glob);
        Glob path = file == null ? null : Glob.ofPath(file);
        String shown = file == null ? glob : glob + " in " + file;
        functions.removeIf(rule -> rule.name().equals(shown) && rule.limit().gate() == gate);
        functions.add(new FunctionRule(shown, new FunctionLimit(gate, f -> matches(f, name, path), most)));
    }

    private static boolean matches(FunctionActivity function, Glob name, @Nullable Glob path) {
        return name.matches(function.identity().qualname())
                && (path == null || path.matches(function.identity().filename()));
    }

    void setDiff(Threshold least) {
        diff = least;
    }

    void set(Gate gate, boolean wanted) {
        if (wanted) {
            others.add(gate);
        } else {
            others.remove(gate);
        }
    }

    List<CoverageGates.Rule> files() {
        return files;
    }

    List<FunctionRule> functions() {
        return functions;
    }

    /** What the changed lines need, null if nothing. */
    @Nullable
    Threshold diff() {
        return diff;
    }

    boolean has(Gate gate) {
        return others.contains(gate);
    }

    boolean isEmpty() {
        return files.isEmpty() && functions.isEmpty() && others.isEmpty() && diff == null;
    }
}
