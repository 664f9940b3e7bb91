package dev.tracetool.format.codetracer.ctfs;

import dev.tracetool.code.CodeObjectWrapper;
import dev.tracetool.code.CodeRecord;
import dev.tracetool.trace.EventBlock;
import dev.tracetool.trace.ReadResult;
import dev.tracetool.trace.Trace;
import dev.tracetool.trace.TraceMetadata;
import dev.tracetool.trace.TraceThread;
import dev.tracetool.trace.TraceVisitor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The events of a trace as text, one line each: thread, kind, code object, line. */
final class EventText implements TraceVisitor {
    final List<String> lines = new ArrayList<>();
    final List<CodeObjectWrapper> codes = new ArrayList<>();
    private final Set<Integer> threads = new HashSet<>();
    private boolean begun;

    static List<String> of(Trace trace) throws IOException {
        EventText text = new EventText();
        ReadResult result = trace.read(text);
        if (!result.damage().isEmpty() || !result.complete()) {
            throw new AssertionError(result.damage().notes() + ", complete: " + result.complete());
        }
        return text.lines;
    }

    @Override
    public void metadata(TraceMetadata metadata) {
        begun = true;
    }

    @Override
    public void codeObjects(List<CodeObjectWrapper> added) {
        for (CodeObjectWrapper code : added) {
            if (code.index() != codes.size() || !begun) {
                throw new AssertionError("code object " + code.index() + " after " + codes.size());
            }
            codes.add(code);
        }
    }

    @Override
    public void thread(TraceThread thread) {
        threads.add(thread.number());
    }

    @Override
    public void events(EventBlock block) {
        if (!threads.contains(block.thread())) {
            throw new AssertionError("events of thread " + block.thread() + ", which was not told");
        }
        int[] counts = new int[block.kindTable().size() + 1];
        for (int i = 0; i < block.size(); i++) {
            int kind = block.kinds()[i];
            int code = block.codes()[i];
            counts[kind]++;
            CodeRecord at = code < 0 ? null : codes.get(code).underlying();
            String where = at == null ? "?" : at.qualname() + " " + at.filename() + ":" + at.firstLine();
            lines.add(block.thread() + " " + block.kindTable().kind(kind).name() + " " + where + " " + block.args()[i]);
        }
        for (int kind = 1; kind < counts.length; kind++) {
            if (counts[kind] != block.countByKind()[kind]) {
                throw new AssertionError("counts of a block");
            }
        }
    }
}
