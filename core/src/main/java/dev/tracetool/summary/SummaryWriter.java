package dev.tracetool.summary;

import dev.tracetool.analysis.Activity;
import dev.tracetool.analysis.Arcs;
import dev.tracetool.analysis.FunctionActivity;
import dev.tracetool.analysis.InputActivity;
import dev.tracetool.analysis.NumberWriter;
import dev.tracetool.analysis.SlowCall;
import dev.tracetool.analysis.Summary;
import dev.tracetool.analysis.TestActivity;
import dev.tracetool.analysis.TestReach;
import dev.tracetool.code.CodeIdentity;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Writes one summary: everything in an order of its own, and texts in the order in which they are first needed. */
final class SummaryWriter {
    private final Summary summary;
    private final List<SectionBuffer> sections = new ArrayList<>();
    private final Strings strings = new Strings(buffer(Section.STRINGS));
    private final List<FunctionActivity> functions;

    SummaryWriter(Summary summary) {
        this.summary = summary;
        this.functions = summary.activity().functions();
    }

    private SectionBuffer buffer(byte type) {
        SectionBuffer buffer = new SectionBuffer(type);
        sections.add(buffer);
        return buffer;
    }

    void write(OutputStream out) throws IOException {
        SectionBuffer inputs = buffer(Section.INPUTS);
        List<InputActivity> runs = InputOrder.sorted(summary.activity().inputs());
        runs.forEach(trace -> InputRecords.write(inputs.next(), strings, trace));
        SectionBuffer records = buffer(Section.FUNCTIONS);
        functions.forEach(function -> FunctionRecords.write(records.next(), strings, function));
        tests();
        Map<CodeIdentity, Integer> places = places();
        TreeRecords.write(buffer(Section.NODES), buffer(Section.RECURSION), strings, summary.tree(), places);
        slowCalls();
        lineTimes();
        TimelineRecords.writeThreads(buffer(Section.THREAD_TIMES), strings, summary.timeline(), runs);
        TimelineRecords.writeFunctions(buffer(Section.FUNCTION_TIMES), summary.timeline(), places);
        arcs();
        SectionBuffer sources = buffer(Section.SOURCES);
        summary.sources().all().forEach(source -> SourceRecord.write(sources.next(), strings, source));
        SectionBuffer texts = buffer(Section.SOURCE_TEXTS);
        summary.sources().texts().forEach(text -> SourceRecord.writeText(texts.next(), text));
        buffer(Section.END).evenIfEmpty();
        out.write(header());
        for (SectionBuffer buffer : sections) {
            buffer.writeTo(out);
        }
    }

    private static byte[] header() {
        ByteBuffer header = ByteBuffer.allocate(Section.FILE_HEADER).order(ByteOrder.LITTLE_ENDIAN);
        header.put(Section.MAGIC).putShort((short) Section.MAJOR).putShort((short) Section.MINOR);
        return header.putInt(Section.crc(header.array(), Section.CHECKED, header.array(), 0))
                .array();
    }

    private Map<CodeIdentity, Integer> places() {
        Map<CodeIdentity, Integer> places = new HashMap<>();
        functions.forEach(function -> places.put(function.identity(), places.size()));
        return places;
    }

    private void slowCalls() {
        SectionBuffer records = buffer(Section.SLOW_CALLS);
        for (int i = 0; i < functions.size(); i++) {
            List<SlowCall> calls = summary.slowCalls().of(functions.get(i).identity());
            if (!calls.isEmpty()) {
                NumberWriter out = records.next();
                out.number(i).number(calls.size());
                calls.forEach(call -> SlowCallRecords.write(out, strings, call));
            }
        }
    }

    private void lineTimes() {
        SectionBuffer records = buffer(Section.LINE_TIMES);
        for (int i = 0; i < functions.size(); i++) {
            CodeIdentity code = functions.get(i).identity();
            int[] lines = summary.lineTimes().lines(code);
            if (lines.length > 0) {
                NumberWriter out = records.next().number(i);
                LineTimeRecords.write(out, lines, line -> summary.lineTimes().ns(code, line));
            }
        }
    }

    /** A section of them, be it empty, says that they are known. */
    private void arcs() {
        Activity activity = summary.activity();
        boolean recorded = activity.recorded().arcs() && !activity.inputs().isEmpty();
        if (!recorded || !summary.arcs().isKnown()) {
            return;
        }
        SectionBuffer records = buffer(Section.ARCS);
        records.evenIfEmpty();
        for (int i = 0; i < functions.size(); i++) {
            Arcs arcs = summary.arcs().of(functions.get(i).identity());
            if (arcs.size() > 0) {
                ArcRecords.write(records.next().number(i), arcs);
            }
        }
    }

    /** Tests in order of their labels, and by function what they reached. */
    private void tests() {
        TestActivity tests = summary.tests();
        Integer[] order = new Integer[tests.size()];
        for (int t = 0; t < order.length; t++) {
            order[t] = t;
        }
        Arrays.sort(order, Comparator.comparing(t -> tests.test(t).label()));
        int[] places = new int[order.length];
        SectionBuffer records = buffer(Section.TESTS);
        for (int i = 0; i < order.length; i++) {
            places[order[i]] = i;
            TestRecords.write(records.next(), strings, tests.test(order[i]));
        }
        SectionBuffer reaches = buffer(Section.REACHES);
        for (int i = 0; i < functions.size(); i++) {
            List<TestReach> rows =
                    new ArrayList<>(tests.reaches(functions.get(i).identity()));
            if (!rows.isEmpty()) {
                rows.sort(Comparator.comparingInt(row -> places[row.test()]));
                NumberWriter out = reaches.next();
                out.number(i).number(rows.size());
                rows.forEach(row -> TestRecords.writeReach(out, places[row.test()], row));
            }
        }
        SectionBuffer shared = buffer(Section.SHARED);
        for (int i = 0; i < functions.size(); i++) {
            if (tests.isShared(functions.get(i).identity())) {
                shared.next().number(i);
            }
        }
    }
}
