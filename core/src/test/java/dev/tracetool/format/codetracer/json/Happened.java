package dev.tracetool.format.codetracer.json;

import dev.tracetool.code.CodeObjectWrapper;
import dev.tracetool.trace.EventBlock;
import dev.tracetool.trace.EventKind;
import dev.tracetool.trace.TraceVisitor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The calls, returns and lines of each thread in their order, each with file, name and first line of its function. */
final class Happened implements TraceVisitor {
    private final List<CodeObjectWrapper> codes = new ArrayList<>();

    private final Map<Integer, List<String>> threads = new TreeMap<>();

    @Override
    public void codeObjects(List<CodeObjectWrapper> added) {
        codes.addAll(added);
    }

    @Override
    public void events(EventBlock block) {
        List<String> thread = threads.computeIfAbsent(block.thread(), n -> new ArrayList<>());
        for (int i = 0; i < block.size(); i++) {
            EventKind kind = block.kindTable().kind(block.kinds()[i]).kind();
            CodeObjectWrapper code = codes.get(block.codes()[i]);
            String function = " " + code.filename() + ":" + code.firstLine() + " " + code.qualname();
            switch (kind.effect()) {
                case PUSH -> thread.add("call" + function);
                case POP -> thread.add("return" + function);
                case NONE -> {
                    if (kind == EventKind.LINE) {
                        thread.add("line " + block.args()[i] + function);
                    }
                }
            }
        }
    }

    /** One text of each thread, in order: their numbers are each trace's own. */
    List<String> threads() {
        return threads.values().stream().map(List::toString).sorted().toList();
    }

    /** How often each of it, in all threads. */
    Map<String, Long> counts(String... whichBegin) {
        Map<String, Long> counts = new TreeMap<>();
        for (List<String> thread : threads.values()) {
            for (String one : thread) {
                for (String begin : whichBegin) {
                    if (one.startsWith(begin)) {
                        counts.merge(one, 1L, Long::sum);
                    }
                }
            }
        }
        return counts;
    }
}
