package dev.tracetool.summary;

import dev.tracetool.analysis.MalformedNumbersException;
import dev.tracetool.analysis.NumberReader;
import dev.tracetool.analysis.NumberWriter;
import dev.tracetool.code.LineTableFormat;
import dev.tracetool.trace.EventKind;
import dev.tracetool.trace.KindTable;
import dev.tracetool.trace.TraceMetadata;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a trace said of its run, as part of its record. */
final class MetadataRecords {
    private MetadataRecords() {}

    /** What many traces have in common stands in memory once: there can be tens of thousands. */
    static final class Pool {
        private final Map<Object, Object> known = new HashMap<>();
        private final Map<List<KindTable.Kind>, KindTable> tables = new HashMap<>();

        <T> T shared(T value) {
            @SuppressWarnings("unchecked") // a value is its own key
            T before = (T) known.putIfAbsent(value, value);
            return before == null ? value : before;
        }

        KindTable table(List<KindTable.Kind> kinds) {
            return tables.computeIfAbsent(kinds, KindTable::new);
        }
    }

    static void write(NumberWriter out, Strings strings, TraceMetadata run) {
        text(out, strings, run.python());
        text(out, strings, run.implementation());
        text(out, strings, run.executable());
        text(out, strings, run.platform());
        text(out, strings, run.host());
        list(out, strings, run.argv());
        text(out, strings, run.cwd());
        number(out, run.pid());
        number(out, run.parentPid());
        text(out, strings, run.parentTrace());
        text(out, strings, run.startedAt());
        text(out, strings, run.recorder());
        text(out, strings, run.mode());
        list(out, strings, run.events());
        list(out, strings, run.once());
        out.number(run.lineTimes() ? 1 : 0);
        TraceMetadata.Scope scope = run.scope();
        out.number(scope == null ? 0 : 1);
        if (scope != null) {
            out.number(scope.all() ? 1 : 0);
            list(out, strings, scope.include());
            list(out, strings, scope.exclude());
        }
        out.signed(run.clockStart());
        out.number(strings.place(run.lineTableFormat().label()));
        out.number(run.kinds().size());
        for (KindTable.Kind kind : run.kinds().kinds()) {
            out.number(strings.place(kind.name())).number(kind.arguments()).number(kind.timed() ? 1 : 0);
        }
    }

    static TraceMetadata read(NumberReader in, Texts texts, Pool pool) {
        return new TraceMetadata(
                texts.nextOrNull(in),
                texts.nextOrNull(in),
                texts.nextOrNull(in),
                texts.nextOrNull(in),
                texts.nextOrNull(in),
                pool.shared(List.copyOf(texts.list(in))),
                texts.nextOrNull(in),
                number(in),
                number(in),
                texts.nextOrNull(in),
                texts.nextOrNull(in),
                texts.nextOrNull(in),
                texts.nextOrNull(in),
                pool.shared(List.copyOf(texts.list(in))),
                pool.shared(List.copyOf(texts.list(in))),
                in.index() != 0,
                scope(in, texts, pool),
                in.signed(),
                lineTableFormat(in, texts),
                kinds(in, texts, pool));
    }

    private static TraceMetadata.@Nullable Scope scope(NumberReader in, Texts texts, Pool pool) {
        return in.index() == 0
                ? null
                : pool.shared(new TraceMetadata.Scope(in.index() != 0, texts.list(in), texts.list(in)));
    }

    private static LineTableFormat lineTableFormat(NumberReader in, Texts texts) {
        String label = texts.next(in);
        for (LineTableFormat format : LineTableFormat.values()) {
            if (format.label().equals(label)) {
                return format;
            }
        }
        throw new MalformedNumbersException(in.position(), "expected a line table format, found another text");
    }

    private static KindTable kinds(NumberReader in, Texts texts, Pool pool) {
        int count = in.count(3);
        if (count > KindTable.MAX_KINDS) {
            throw new MalformedNumbersException(
                    in.position(), "expected at most " + KindTable.MAX_KINDS + " kinds, found " + count);
        }
        List<KindTable.Kind> kinds = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            String name = texts.next(in);
            EventKind known = EventKind.named(name);
            int arguments = in.index();
            if (arguments > 2) {
                throw new MalformedNumbersException(in.position(), "expected at most 2 arguments, found " + arguments);
            }
            kinds.add(new KindTable.Kind(name, known == null ? EventKind.OTHER : known, arguments, in.index() != 0));
        }
        return pool.table(kinds);
    }

    static void list(NumberWriter out, Strings strings, List<String> texts) {
        out.number(texts.size());
        texts.forEach(text -> out.number(strings.place(text)));
    }

    static void text(NumberWriter out, Strings strings, @Nullable String text) {
        out.number(text == null ? 0 : 1);
        if (text != null) {
            out.number(strings.place(text));
        }
    }

    private static void number(NumberWriter out, @Nullable Long value) {
        out.number(value == null ? 0 : 1);
        if (value != null) {
            out.signed(value);
        }
    }

    private static @Nullable Long number(NumberReader in) {
        return in.index() == 0 ? null : (Long) in.signed();
    }
}
