package dev.tracetool.format.nativetrace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tracetool.analysis.Activity;
import dev.tracetool.analysis.FunctionActivity;
import dev.tracetool.analysis.Summary;
import dev.tracetool.code.CodeObjectWrapper;
import dev.tracetool.testing.FakeCodeRecord;
import dev.tracetool.trace.EventBlock;
import dev.tracetool.trace.TraceThread;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run of two threads in one file, and the same file split before any of its frames, each part a trace of its own. */
class SplitTraceTest {
    private static final int THREADS = 2;

    @TempDir
    Path folder;

    /** Before each frame of the file: how late it was, and the stack of each thread, outermost first. */
    private record Moment(long time, List<List<Integer>> stacks) {}

    private final List<Moment> moments = new ArrayList<>();
    private final List<Deque<Integer>> stacks = List.of(new ArrayDeque<>(), new ArrayDeque<>());
    private final TraceRecorder recorder = new TraceRecorder(Compression.ZLIB);
    private long now = 1000;
    private int codes;

    @Test
    void should_give_the_same_in_parts_wherever_it_is_split() throws IOException {
        byte[] whole = record(new Random(11));
        Transcript all = new Transcript();
        Map<String, String> figures = figures(activity(whole, all));
        RawTrace frames = RawTrace.of(whole).withoutIndex();
        assertEquals(moments.size(), frames.frames.size());
        assertTrue(all.events > 200 && moments.size() > 40);
        for (int at = 1; at < frames.frames.size(); at++) {
            Transcript read = new Transcript();
            Activity merged = activity(head(frames, at), read);
            merged.merge(activity(tail(frames, at), read));
            assertEquals(all.eventLines(), read.eventLines(), "split before frame " + at);
            assertEquals(figures, figures(merged), "split before frame " + at);
        }
    }

    private Activity activity(byte[] bytes, Transcript transcript) throws IOException {
        Path file = Files.write(folder.resolve("t"), bytes);
        try (NativeTrace trace = NativeTrace.open("t", file, 0)) {
            assertTrue(trace.read(transcript).damage().isEmpty());
            return Summary.of(trace, Set.of()).activity();
        }
    }

    /** The frames before a place, closed at the moment of the split. */
    private byte[] head(RawTrace whole, int at) {
        RawTrace part = new RawTrace();
        part.frames.addAll(whole.frames.subList(0, at));
        byte[] end = new byte[24];
        RawTrace.little(end).putLong(0, moments.get(at).time).putLong(8, events(part));
        return part.add('Z', end).bytes();
    }

    /** What names things before it, the stacks, and the frames from a place on. */
    private byte[] tail(RawTrace whole, int at) {
        RawTrace part = new RawTrace();
        for (RawTrace.Raw frame : whole.frames.subList(0, at)) {
            if ("HCTs".indexOf(frame.type()) >= 0) {
                part.frames.add(frame);
            }
        }
        Moment moment = moments.get(at);
        for (int thread = 0; thread < THREADS; thread++) {
            List<Integer> stack = moment.stacks.get(thread);
            byte[] payload = new byte[16 + 8 * stack.size()];
            RawTrace.little(payload).putInt(0, thread).putLong(4, moment.time).putInt(12, stack.size());
            for (int i = 0; i < stack.size(); i++) {
                RawTrace.little(payload).putInt(16 + 8 * i, stack.get(i));
            }
            part.add('F', payload);
        }
        for (RawTrace.Raw frame : whole.frames.subList(at, whole.frames.size())) {
            part.add(frame.type(), frame.payload().clone());
        }
        byte[] end = part.frames.get(part.frames.size() - 1).payload();
        RawTrace.little(end).putLong(8, events(part));
        return part.bytes();
    }

    private static long events(RawTrace trace) {
        long events = 0;
        for (RawTrace.Raw frame : trace.frames) {
            if (frame.type() == 'E') {
                int kinds = RawTrace.little(frame.payload()).getInt(36);
                for (int i = 0; i < kinds; i++) {
                    events += RawTrace.little(frame.payload()).getInt(44 + 8 * i);
                }
            }
        }
        return events;
    }

    /** Everything that is reported of each function. */
    private static Map<String, String> figures(Activity activity) {
        Map<String, String> figures = new TreeMap<>();
        for (FunctionActivity f : activity.functions(file -> true, name -> true)) {
            StringBuilder lines = new StringBuilder();
            for (int line : f.lines().lines()) {
                lines.append(' ').append(line).append(':').append(f.lines().hits(line));
            }
            List<Object> counts =
                    List.of(f.calls(), f.returns(), f.yields(), f.unwinds(), f.selfNs(), f.totalNs(), f.called());
            assertEquals(null, figures.put(f.identity().qualname(), counts + lines.toString()));
        }
        return figures;
    }

    private byte[] record(Random random) {
        note();
        recorder.metadata(SmallTrace.metadata());
        for (int thread = 0; thread < THREADS; thread++) {
            note();
            recorder.thread(new TraceThread(thread, 100 + thread, now, "T" + thread));
        }
        for (int i = 0; i < 40; i++) {
            if (i % 8 == 0) {
                note();
                recorder.source(SmallTrace.source("f" + i, new byte[i], i % 16 == 0));
                note();
                recorder.codeObjects(List.of(code(), code()));
            }
            note();
            recorder.events(block(random, random.nextInt(THREADS)));
        }
        note();
        now += 50;
        recorder.end(now);
        return recorder.bytes();
    }

    private CodeObjectWrapper code() {
        return new CodeObjectWrapper(codes, FakeCodeRecord.of(10 + codes++));
    }

    /** What the part behind the frame that is written next begins with. */
    private void note() {
        List<List<Integer>> copies = new ArrayList<>();
        for (Deque<Integer> stack : stacks) {
            copies.add(List.copyOf(stack));
        }
        moments.add(new Moment(now, copies));
    }

    /** Calls, returns and lines of one thread, at times after all that was before. */
    private EventBlock block(Random random, int thread) {
        Deque<Integer> stack = stacks.get(thread);
        int size = 1 + random.nextInt(12);
        EventBlock block = new EventBlock(SmallTrace.KINDS);
        block.reset(thread, size, size, 0);
        long[] times = new long[size];
        int timed = 0;
        for (int i = 0; i < size; i++) {
            int choice = random.nextInt(4);
            int kind = stack.isEmpty() || choice == 0 ? 1 : choice == 1 ? 2 : 3;
            if (kind == 1) {
                stack.addLast(random.nextInt(codes));
            }
            block.kinds()[i] = (byte) kind;
            block.codes()[i] = stack.getLast();
            block.args()[i] = kind == 3 ? 10 + random.nextInt(2) : 0;
            if (kind != 3) {
                now += random.nextInt(100);
                times[timed++] = now;
            }
            if (kind == 2) {
                stack.removeLast();
            }
        }
        return withTimes(block, Arrays.copyOf(times, timed));
    }

    /** The same events in a block with as many times as there are. */
    private static EventBlock withTimes(EventBlock from, long[] times) {
        EventBlock block = new EventBlock(from.kindTable());
        block.reset(from.thread(), from.size(), times.length, 0);
        System.arraycopy(from.kinds(), 0, block.kinds(), 0, from.size());
        System.arraycopy(from.codes(), 0, block.codes(), 0, from.size());
        System.arraycopy(from.args(), 0, block.args(), 0, from.size());
        System.arraycopy(times, 0, block.times(), 0, times.length);
        System.arraycopy(from.countByKind(), 0, block.countByKind(), 0, from.countByKind().length);
        return block;
    }
}
