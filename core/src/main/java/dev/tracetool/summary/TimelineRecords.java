package dev.tracetool.summary;

import dev.tracetool.analysis.InputActivity;
import dev.tracetool.analysis.MalformedNumbersException;
import dev.tracetool.analysis.NumberReader;
import dev.tracetool.analysis.NumberWriter;
import dev.tracetool.analysis.Timeline;
import dev.tracetool.code.CodeIdentity;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The records of threads over time, and of functions. */
final class TimelineRecords {
    private static final int AFTER_START = 0;
    private static final int TIME_OF_DAY = 1;

    private TimelineRecords() {}

    /** @param runs in the order in which they stand in the file */
    static void writeThreads(SectionBuffer records, Strings strings, Timeline timeline, List<InputActivity> runs) {
        Map<Timeline.Run, Integer> places = new HashMap<>();
        for (int i = 0; i < runs.size(); i++) {
            places.putIfAbsent(Timeline.Run.of(runs.get(i)), i);
        }
        timeline.threads().forEach((thread, row) -> {
            int run = Objects.requireNonNull(places.get(thread.run()), "a run that the activity does not have");
            NumberWriter out = records.next();
            out.number(run).signed(thread.number()).number(strings.place(thread.name()));
            out.number(row.busyNs().shift());
            list(out, row.busyNs().sums());
            out.number(row.calls().shift());
            list(out, row.calls().sums());
        });
    }

    /** @param functions place of each in the file */
    static void writeFunctions(SectionBuffer records, Timeline timeline, Map<CodeIdentity, Integer> functions) {
        @Nullable NumberWriter[][] written = new NumberWriter[2][functions.size()];
        timeline.forEachFunction((function, timeOfDay, shift, spans, ns) -> {
            int clock = timeOfDay ? TIME_OF_DAY : AFTER_START;
            int place = Objects.requireNonNull(functions.get(function), "a function that the activity does not have");
            NumberWriter out =
                    new NumberWriter().number(clock).number(place).number(shift).number(spans.length);
            long before = 0;
            for (int i = 0; i < spans.length; i++) {
                out.number(spans[i] - before).number(ns[i]);
                before = spans[i];
            }
            written[clock][place] = out;
        });
        for (@Nullable NumberWriter[] ofClock : written) {
            for (@Nullable NumberWriter record : ofClock) {
                if (record != null) {
                    records.next().bytes(record);
                }
            }
        }
    }

    private static void list(NumberWriter out, long[] values) {
        out.number(values.length);
        for (long value : values) {
            out.number(value);
        }
    }

    static void readThread(NumberReader in, Texts texts, List<InputActivity> runs, Timeline.Part into) {
        int run = in.index();
        if (run >= runs.size()) {
            throw new MalformedNumbersException(
                    in.position(), "expected one of " + runs.size() + " runs, found " + run);
        }
        int number = in.signedInt();
        Timeline.ThreadKey thread = new Timeline.ThreadKey(Timeline.Run.of(runs.get(run)), number, texts.next(in));
        int busyShift = in.index();
        long[] busy = list(in);
        int callShift = in.index();
        long[] calls = list(in);
        try {
            into.row(thread).add(busyShift, busy, callShift, calls);
        } catch (IllegalArgumentException e) {
            throw new MalformedNumbersException(in.position(), "expected times, found " + e.getMessage());
        }
    }

    static void readFunction(NumberReader in, int clock, CodeIdentity function, Timeline.Part into) {
        int shift = in.index();
        long[] spans = new long[in.count(2)];
        long[] ns = new long[spans.length];
        long span = 0;
        for (int i = 0; i < spans.length; i++) {
            span += in.natural();
            spans[i] = span;
            ns[i] = in.natural();
        }
        try {
            into.add(function, clock == TIME_OF_DAY, shift, spans, ns);
        } catch (IllegalArgumentException e) {
            throw new MalformedNumbersException(in.position(), "expected times, found " + e.getMessage());
        }
    }

    private static long[] list(NumberReader in) {
        long[] values = new long[in.count(1)];
        for (int i = 0; i < values.length; i++) {
            values[i] = in.natural();
        }
        return values;
    }
}
