package dev.tracetool.analysis;

import dev.tracetool.code.CodeIdentity;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What ran, where, how often and for how long, in any number of traces. Code objects of one identity are one, whether of
 * one trace (a module that was loaded again) or of several. Merging is associative; apart from the order of the inputs it
 * is commutative.
 */
public final class Activity {
    private Recorded recorded = Recorded.ALL;
    private final List<InputActivity> inputs = new ArrayList<>();
    private final Map<CodeIdentity, FunctionActivity> functions = new HashMap<>();

    /** Of no trace. */
    public Activity() {}

    /**
     * Adds what happened in a code object.
     *
     * @return its identity, as the same object for all that are equal: so that looking these up elsewhere is quick
     */
    public CodeIdentity add(FunctionActivity function) {
        return functions
                .merge(function.identity(), function, FunctionActivity::plus)
                .identity();
    }

    /** Adds a trace, without what happened in it. */
    public void add(InputActivity input) {
        recorded = inputs.isEmpty() ? input.recorded() : recorded.and(input.recorded());
        inputs.add(input);
    }

    /** Adds the other one to this, which then stands for the traces of both. */
    public void merge(Activity other) {
        merge(other, UnaryOperator.identity());
    }

    /** The same, with other identities of the other one's code objects. */
    void merge(Activity other, UnaryOperator<CodeIdentity> renamed) {
        if (!other.inputs.isEmpty()) {
            recorded = inputs.isEmpty() ? other.recorded : recorded.and(other.recorded);
        }
        inputs.addAll(other.inputs);
        for (FunctionActivity function : other.functions.values()) {
            add(function.as(renamed.apply(function.identity())));
        }
    }

    /** What all traces tell. */
    public Recorded recorded() {
        return recorded;
    }

    /** Whether they tell who called whom; compiled code among runs takes nothing from what these tell. */
    public boolean tellsCallers() {
        return recorded.stacks()
                && inputs.stream().filter(input -> input.recorded().events()).allMatch(InputActivity::tellsCallers);
    }

    /** The traces, in the order in which they were merged. */
    public List<InputActivity> inputs() {
        return List.copyOf(inputs);
    }

    /** Whether it is known that there are no tests, where there are none. */
    public boolean tellsTests() {
        return inputs.stream().allMatch(InputActivity::tellsTests);
    }

    /** Whether anything is known of executable lines, be it of one code object. */
    public boolean hasTables() {
        return functions.values().stream().anyMatch(FunctionActivity::hasTable);
    }

    /** Events of all traces. */
    public long events() {
        return inputs.stream().mapToLong(InputActivity::events).sum();
    }

    /** The durations of all traces added up; null if one is unknown. */
    public @Nullable Long durationNs() {
        long sum = 0;
        for (InputActivity input : inputs) {
            Long duration = input.durationNs();
            if (duration == null) {
                return null;
            }
            sum += duration;
        }
        return sum;
    }

    /** The identities of all code objects, in no order. */
    Set<CodeIdentity> identities() {
        return Collections.unmodifiableSet(functions.keySet());
    }

    /** What happened in a code object; null if it is of none of the traces. */
    @Nullable
    FunctionActivity function(CodeIdentity identity) {
        return functions.get(identity);
    }

    /** All code objects, in order of file, line and name. */
    public List<FunctionActivity> functions() {
        List<FunctionActivity> list = new ArrayList<>(functions.values());
        list.sort(Comparator.comparing(FunctionActivity::identity));
        return list;
    }

    /** Code objects whose file and qualified name are wanted, in order of file, line and name. */
    public List<FunctionActivity> functions(Predicate<String> file, Predicate<String> qualname) {
        Map<String, Boolean> wanted = new HashMap<>();
        List<FunctionActivity> list = new ArrayList<>();
        for (FunctionActivity function : functions.values()) {
            CodeIdentity identity = function.identity();
            if (wanted.computeIfAbsent(identity.filename(), file::test) && qualname.test(identity.qualname())) {
                list.add(function);
            }
        }
        list.sort(Comparator.comparing(FunctionActivity::identity));
        return list;
    }

    /** The files of some code objects, in order of name. */
    public static List<FileActivity> files(List<FunctionActivity> functions) {
        Map<String, List<FunctionActivity>> byFile = new TreeMap<>();
        for (FunctionActivity function : functions) {
            byFile.computeIfAbsent(function.identity().filename(), f -> new ArrayList<>())
                    .add(function);
        }
        List<FileActivity> files = new ArrayList<>(byFile.size());
        byFile.forEach((file, members) -> files.add(FileActivity.of(file, members)));
        return files;
    }
}
