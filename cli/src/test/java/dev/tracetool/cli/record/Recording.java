package dev.tracetool.cli.record;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tracetool.code.CodeObjectWrapper;
import dev.tracetool.format.TraceFormats;
import dev.tracetool.trace.EventBlock;
import dev.tracetool.trace.EventKind;
import dev.tracetool.trace.KindTable;
import dev.tracetool.trace.ReadResult;
import dev.tracetool.trace.Trace;
import dev.tracetool.trace.TraceMark;
import dev.tracetool.trace.TraceMetadata;
import dev.tracetool.trace.TraceSource;
import dev.tracetool.trace.TraceThread;
import dev.tracetool.trace.TraceVisitor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/** A small trace, read whole by the tool's own reader. */
final class Recording implements TraceVisitor {
    /** One event; time is {@link EventBlock#NO_TIME} where it has none. */
    record Event(int block, int thread, String kind, CodeObjectWrapper code, int arg, long time) {
        boolean is(EventKind wanted) {
            return kind.equals(wanted.name());
        }

        @Override
        public String toString() {
            return kind + " " + code.qualname() + " " + arg;
        }
    }

    /** A mark, and how many events stand before it in the file. */
    record Mark(int events, TraceMark mark) {
        /** Such as {@code test_end a.py::test passed}. */
        String text() {
            return mark.kind() + " " + String.join(" ", mark.values().values());
        }
    }

    /** What a thread had on its stack when its recording began, outermost first. */
    record Stack(int thread, List<String> functions) {}

    private TraceMetadata metadata;
    private ReadResult result;
    private final List<CodeObjectWrapper> codes = new ArrayList<>();
    private final Map<Integer, TraceThread> threads = new TreeMap<>();
    private final List<Event> events = new ArrayList<>();
    private final List<Stack> stacks = new ArrayList<>();
    private final List<TraceSource> sources = new ArrayList<>();
    private final List<Mark> marks = new ArrayList<>();
    private final List<Integer> ended = new ArrayList<>();
    private final List<String> failures = new ArrayList<>();
    private int blocks;

    private Recording() {}

    static Recording read(Path file) throws IOException {
        Recording recording = new Recording();
        try (Trace trace = TraceFormats.open(file)) {
            recording.result = trace.read(recording);
        }
        return recording;
    }

    @Override
    public void metadata(TraceMetadata metadata) {
        this.metadata = metadata;
    }

    @Override
    public void codeObjects(List<CodeObjectWrapper> codes) {
        this.codes.addAll(codes);
    }

    @Override
    public void thread(TraceThread thread) {
        threads.put(thread.number(), thread);
    }

    @Override
    public void frames(int thread, long time, int[] codes, int[] offsets) {
        List<String> functions = new ArrayList<>();
        for (int code : codes) {
            functions.add(this.codes.get(code).qualname());
        }
        stacks.add(new Stack(thread, functions));
    }

    @Override
    public void events(EventBlock block) {
        KindTable table = block.kindTable();
        for (int i = 0, t = 0; i < block.size(); i++) {
            int kind = block.kinds()[i];
            events.add(new Event(
                    blocks,
                    block.thread(),
                    table.kind(kind).name(),
                    codes.get(block.codes()[i]),
                    block.args()[i],
                    block.timed()[kind] ? block.times()[t++] : EventBlock.NO_TIME));
        }
        blocks++;
    }

    @Override
    public void source(TraceSource source) {
        assertTrue(sources.stream().noneMatch(other -> other.file().equals(source.file())), source::file);
        assertTrue(codes.stream().noneMatch(code -> code.filename().equals(source.file())), source::file);
        sources.add(source);
    }

    @Override
    public void mark(TraceMark mark) {
        assertTrue(threads.containsKey(mark.thread()), mark::toString);
        marks.add(new Mark(events.size(), mark));
    }

    @Override
    public void codeEnded(int[] codes) {
        for (int code : codes) {
            ended.add(code);
        }
    }

    @Override
    public void failure(String message) {
        failures.add(message);
    }

    TraceMetadata metadata() {
        return metadata;
    }

    ReadResult result() {
        return result;
    }

    /** Whether the recorder closed the file, and nothing in it is damaged. */
    boolean isWhole() {
        return result.complete() && result.damage().isEmpty() && failures.isEmpty();
    }

    List<CodeObjectWrapper> codes() {
        return codes;
    }

    List<TraceThread> threads() {
        return List.copyOf(threads.values());
    }

    List<Event> events() {
        return events;
    }

    List<Stack> stacks() {
        return stacks;
    }

    List<Mark> marks() {
        return marks;
    }

    List<TraceSource> sources() {
        return sources;
    }

    /** The marks' kinds, labels and outcomes, in order. */
    List<String> markTexts() {
        return marks.stream().map(Mark::text).toList();
    }

    /** The events between a test's marks, those of other threads included. */
    List<Event> eventsOf(String label) {
        int begin = -1;
        for (Mark mark : marks) {
            if (label.equals(mark.mark().values().get("label"))) {
                if (mark.mark().kind().equals("test_begin")) {
                    begin = mark.events();
                } else {
                    return events.subList(begin, mark.events());
                }
            }
        }
        return events.subList(begin, events.size());
    }

    List<Integer> endedCodes() {
        return ended;
    }

    List<String> failures() {
        return failures;
    }

    int blocks() {
        return blocks;
    }

    long count(EventKind kind) {
        return count(event -> event.is(kind));
    }

    long count(EventKind kind, String qualname) {
        return count(event -> event.is(kind) && event.code().qualname().equals(qualname));
    }

    long count(Predicate<Event> wanted) {
        return events.stream().filter(wanted).count();
    }

    /** How often each line of a function ran, in order of lines. */
    Map<Integer, Integer> lines(String qualname) {
        Map<Integer, Integer> lines = new TreeMap<>();
        for (Event event : events) {
            if (event.is(EventKind.LINE) && event.code().qualname().equals(qualname)) {
                lines.merge(event.arg(), 1, Integer::sum);
            }
        }
        return lines;
    }

    /** The kinds of the events of a function, in order. */
    List<String> kinds(String qualname) {
        return events.stream()
                .filter(event -> event.code().qualname().equals(qualname))
                .map(Event::kind)
                .toList();
    }

    /** Events by kind and function, such as {@code PY_START work}. */
    Map<String, Integer> counts() {
        Map<String, Integer> counts = new HashMap<>();
        for (Event event : events) {
            counts.merge(event.kind() + " " + event.code().qualname(), 1, Integer::sum);
        }
        return counts;
    }
}
