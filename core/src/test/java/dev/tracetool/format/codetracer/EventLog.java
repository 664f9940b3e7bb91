package dev.tracetool.format.codetracer;

import dev.tracetool.code.CodeObjectWrapper;
import dev.tracetool.trace.EventBlock;
import dev.tracetool.trace.EventKind;
import dev.tracetool.trace.TraceThread;
import dev.tracetool.trace.TraceVisitor;
import java.util.ArrayList;
import java.util.List;

/** What a visitor was told, one text for each thread, code object and event; and that each was told before it was used. */
final class EventLog implements TraceVisitor {
    final List<String> lines = new ArrayList<>();
    final List<CodeObjectWrapper> codes = new ArrayList<>();
    private int threads;
    private int events;

    /** The events alone, a line as {@code file:line name}, all else with its kind before. */
    List<String> events() {
        return lines.stream()
                .filter(line -> line.startsWith("  "))
                .map(String::strip)
                .toList();
    }

    @Override
    public void thread(TraceThread thread) {
        threads = Math.max(threads, thread.number() + 1);
        lines.add("thread " + thread.number() + " is " + thread.systemId());
    }

    @Override
    public void codeObjects(List<CodeObjectWrapper> added) {
        for (CodeObjectWrapper code : added) {
            if (code.index() != codes.size()) {
                throw new AssertionError("code " + code.index() + " after " + codes.size());
            }
            codes.add(code);
        }
    }

    @Override
    public void events(EventBlock block) {
        if (block.thread() >= threads || block.size() == 0) {
            throw new AssertionError("thread " + block.thread() + ", " + block.size() + " events");
        }
        int[] counts = new int[block.kindTable().size() + 1];
        for (int i = 0; i < block.size(); i++) {
            int kind = block.kinds()[i];
            counts[kind]++;
            CodeObjectWrapper code = codes.get(block.codes()[i]);
            boolean line = block.kindTable().kind(kind).kind() == EventKind.LINE;
            String place = line
                    ? code.filename() + ":" + block.args()[i]
                    : block.kindTable().kind(kind).name();
            String where = line ? "" : " " + code.filename() + ":" + code.firstLine();
            lines.add("  " + (block.thread() == 0 ? "" : "thread " + block.thread() + " ") + place + " "
                    + code.qualname() + where);
        }
        for (int kind = 1; kind < counts.length; kind++) {
            if (block.countByKind()[kind] != counts[kind]) {
                throw new AssertionError(counts[kind] + " of kind " + kind + ", counted " + block.countByKind()[kind]);
            }
        }
        events += block.size();
    }

    int eventCount() {
        return events;
    }
}
