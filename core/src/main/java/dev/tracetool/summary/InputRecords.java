package dev.tracetool.summary;

import dev.tracetool.analysis.InputActivity;
import dev.tracetool.analysis.NumberReader;
import dev.tracetool.analysis.NumberWriter;
import dev.tracetool.analysis.Problems;
import dev.tracetool.analysis.Recorded;
import dev.tracetool.analysis.ThreadActivity;
import dev.tracetool.trace.Damage;
import dev.tracetool.trace.TraceMetadata;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The records of the traces that a summary stands for. */
final class InputRecords {
    private InputRecords() {}

    static void write(NumberWriter out, Strings strings, InputActivity input) {
        out.number(strings.place(input.name()));
        out.number(strings.place(input.format())).number(strings.place(input.formatVersion()));
        out.signed(input.bytes());
        MetadataRecords.write(out, strings, input.metadata());
        out.number(input.eventsByKind().size());
        input.eventsByKind()
                .forEach((kind, count) -> out.number(strings.place(kind)).number(count));
        optional(out, input.durationNs());
        out.number(input.threads().size());
        for (ThreadActivity thread : input.threads()) {
            out.signed(thread.number()).number(thread.systemId()).number(strings.place(thread.name()));
            out.number(thread.events());
            optional(out, thread.calls());
            optional(out, thread.lineEvents());
            optional(out, thread.durationNs());
            optional(out, thread.selfNs());
        }
        out.number(input.complete() ? 1 : 0);
        Damage damage = input.damage();
        out.number(damage.places())
                .number(damage.bytes())
                .number(damage.frames())
                .number(damage.events());
        out.number(damage.notes().size());
        damage.notes().forEach(note -> out.signed(note.position()).number(strings.place(note.message())));
        MetadataRecords.list(out, strings, input.failures());
        Problems problems = input.problems();
        out.number(problems.strayEvents()).number(problems.strayLines()).number(problems.droppedLines());
        out.number(problems.unbalanced()).number(problems.tooDeep()).number(problems.oddTimes());
        out.number(problems.malformedTables());
        MetadataRecords.text(out, strings, input.identity());
    }

    static InputActivity read(NumberReader in, Texts texts, MetadataRecords.Pool pool) {
        String name = texts.next(in);
        String format = texts.next(in);
        String formatVersion = texts.next(in);
        long bytes = in.signed();
        TraceMetadata metadata = MetadataRecords.read(in, texts, pool);
        int kinds = in.count(2);
        Map<String, Long> eventsByKind = new LinkedHashMap<>();
        for (int i = 0; i < kinds; i++) {
            eventsByKind.put(texts.next(in), in.natural());
        }
        Long durationNs = optional(in);
        int threadCount = in.count(8);
        List<ThreadActivity> threads = new ArrayList<>(threadCount);
        for (int i = 0; i < threadCount; i++) {
            threads.add(new ThreadActivity(
                    in.signedInt(),
                    in.number(),
                    texts.next(in),
                    in.natural(),
                    optional(in),
                    optional(in),
                    optional(in),
                    optional(in)));
        }
        boolean complete = in.index() != 0;
        Damage damage = damage(in, texts);
        return new InputActivity(
                name,
                format,
                formatVersion,
                bytes,
                metadata,
                Recorded.of(metadata, eventsByKind, damage),
                eventsByKind,
                durationNs,
                List.copyOf(threads),
                complete,
                damage,
                List.copyOf(texts.list(in)),
                Problems.of(
                        in.natural(), in.natural(), in.natural(), in.natural(), in.natural(), in.natural(), in.index()),
                texts.nextOrNull(in));
    }

    private static Damage damage(NumberReader in, Texts texts) {
        long places = in.natural();
        long bytes = in.natural();
        long frames = in.natural();
        long events = in.natural();
        List<Damage.Note> notes = new ArrayList<>();
        for (int left = in.count(2); left > 0; left--) {
            notes.add(new Damage.Note(in.signed(), texts.next(in)));
        }
        return Damage.of(places, bytes, frames, events, notes);
    }

    static void optional(NumberWriter out, @Nullable Long value) {
        out.number(value == null ? 0 : 1);
        if (value != null) {
            out.number(value);
        }
    }

    static @Nullable Long optional(NumberReader in) {
        return in.index() == 0 ? null : (Long) in.natural();
    }
}
