package dev.tracetool.analysis.diff;

import dev.tracetool.analysis.InputActivity;
import dev.tracetool.trace.EventKind;
import dev.tracetool.trace.KindTable;
import dev.tracetool.trace.TraceMetadata;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** How and where a trace was recorded, as texts that are equal where it does not matter. */
final class RunAspects {
    private static final String UNKNOWN = "unknown";

    private RunAspects() {}

    /** Null if all traces are alike in it. */
    static @Nullable Unlike unlike(Aspect aspect, List<InputActivity> base, List<InputActivity> head) {
        Map<String, String> before = texts(aspect, base);
        Map<String, String> after = texts(aspect, head);
        Set<String> all = new LinkedHashSet<>(before.keySet());
        all.addAll(after.keySet());
        if (all.size() < 2) {
            return null;
        }
        // A mode is shorter than its events; but two traces of one mode can have been recorded by unlike recorders.
        Set<String> shown = new LinkedHashSet<>(before.values());
        shown.addAll(after.values());
        boolean distinct = shown.size() == all.size();
        return new Unlike(
                aspect,
                List.copyOf(distinct ? before.values() : before.keySet()),
                List.copyOf(distinct ? after.values() : after.keySet()));
    }

    /** What tells the traces apart, each with the text for it. */
    private static Map<String, String> texts(Aspect aspect, List<InputActivity> inputs) {
        Map<String, String> texts = new LinkedHashMap<>();
        for (InputActivity input : inputs) {
            TraceMetadata run = input.metadata();
            String text = text(aspect, run);
            String shown = aspect == Aspect.EVENTS && run.mode() != null ? run.mode() : text;
            texts.putIfAbsent(text, shown);
        }
        return texts;
    }

    private static String text(Aspect aspect, TraceMetadata run) {
        return switch (aspect) {
            case EVENTS -> events(run);
            case SCOPE -> scope(run.scope());
            case LINE_TIMES -> run.lineTimes() ? "with times of lines" : "without times of lines";
            case PYTHON -> python(run, orUnknown(run.python()));
            case MACHINE -> orUnknown(run.host()) + (run.platform() == null ? "" : " (" + run.platform() + ")");
        };
    }

    private static String events(TraceMetadata run) {
        Set<String> asked = new TreeSet<>();
        for (KindTable.Kind kind : run.kinds().kinds()) {
            String name =
                    kind.kind() == EventKind.OTHER ? kind.name() : kind.kind().name();
            if (run.asked(name)) {
                asked.add(name + (run.once().contains(name) ? " once" : ""));
            }
        }
        return asked.isEmpty() ? "none" : String.join(", ", asked);
    }

    private static String scope(TraceMetadata.@Nullable Scope scope) {
        if (scope == null) {
            return UNKNOWN;
        }
        StringBuilder text = new StringBuilder(scope.all() ? "everything" : "own code");
        new TreeSet<>(scope.include()).forEach(glob -> text.append(" +").append(glob));
        new TreeSet<>(scope.exclude()).forEach(glob -> text.append(" -").append(glob));
        return text.toString();
    }

    private static String python(TraceMetadata run, String version) {
        return (run.implementation() == null ? "python" : run.implementation()) + " " + version;
    }

    /** Whether one code has one digest in all traces: Python's bytecode changes with each minor version. */
    static boolean haveOneBytecode(List<InputActivity> base, List<InputActivity> head) {
        return Stream.concat(base.stream(), head.stream())
                        .map(input -> python(input.metadata(), minor(input.metadata())))
                        .distinct()
                        .count()
                <= 1;
    }

    private static String minor(TraceMetadata run) {
        String version = orUnknown(run.python());
        int dot = version.indexOf('.', version.indexOf('.') + 1);
        return dot < 0 ? version : version.substring(0, dot);
    }

    private static String orUnknown(@Nullable String text) {
        return text == null ? UNKNOWN : text;
    }
}
