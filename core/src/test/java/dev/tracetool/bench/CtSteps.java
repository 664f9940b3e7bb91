package dev.tracetool.bench;

import dev.tracetool.format.TraceFormats;
import dev.tracetool.format.codetracer.ctfs.CtRecording;
import dev.tracetool.trace.EventBlock;
import dev.tracetool.trace.Trace;
import dev.tracetool.trace.TraceVisitor;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;

/**
 * Writes a container with steps, columns and calls, or reads one again and again in one virtual machine and
 * tells the processor time that this took, so that what else runs on the machine does not count.
 *
 * <pre>
 * java -cp ... dev.tracetool.bench.CtSteps write FILE STEPS
 * java -cp ... dev.tracetool.bench.CtSteps read FILE STEPS ROUNDS
 * </pre>
 */
public final class CtSteps {
    private static final int FILES = 20;
    private static final int LINES = 1000;
    private static final int FUNCTIONS = 200;

    /** Steps of a call, the one of its definition included. */
    private static final int STEPS_OF_A_CALL = 20;

    private CtSteps() {}

    public static void main(String[] args) throws IOException {
        Path file = Path.of(args[1]);
        int steps = Integer.parseInt(args[2]);
        if (args[0].equals("write")) {
            Files.write(file, recording(steps).container().toBytes());
        } else {
            read(file, steps, Integer.parseInt(args[3]));
        }
    }

    /** Functions of ten lines with a loop, which call each other. */
    private static CtRecording recording(int steps) {
        Random random = new Random(1);
        CtRecording recording = new CtRecording().columnAware();
        for (int i = 0; i < FILES; i++) {
            int[] lengths = new int[LINES];
            for (int line = 0; line < LINES; line++) {
                lengths[line] = line % 12 == 11 ? 0 : 20 + random.nextInt(60);
            }
            recording.path("/work/module" + i + ".py", lengths);
        }
        for (int i = 0; i < FUNCTIONS; i++) {
            recording.function("function" + i, i % FILES, 12 * (i / FILES) + 1);
        }
        recording.step(0, 1);
        int left = steps - 1;
        while (left > 0) {
            int function = random.nextInt(FUNCTIONS);
            int path = function % FILES;
            int line = 12 * (function / FILES) + 1;
            recording.call(function);
            int count = Math.min(left, STEPS_OF_A_CALL);
            for (int i = 0; i < count; i++) {
                recording.step(path, line + (i < 4 ? i : 4 + i % 6));
            }
            recording.leave(false);
            left -= count;
        }
        return recording;
    }

    private static void read(Path file, int steps, int rounds) throws IOException {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long[] nanos = new long[rounds];
        long events = 0;
        for (int i = 0; i < rounds; i++) {
            long[] seen = new long[1];
            long start = threads.getCurrentThreadCpuTime();
            try (Trace trace = TraceFormats.open(file)) {
                trace.read(new TraceVisitor() {
                    @Override
                    public void events(EventBlock block) {
                        seen[0] += block.size();
                    }
                });
            }
            nanos[i] = threads.getCurrentThreadCpuTime() - start;
            events = seen[0];
        }
        // What the compiler has not seen yet is none of the decoder's speed.
        long[] warm = Arrays.copyOfRange(nanos, rounds / 2, rounds);
        Arrays.sort(warm);
        long median = warm[warm.length / 2];
        System.out.println(events + " events");
        System.out.println("first: " + steps * 1000L / nanos[0] + " million steps a second");
        System.out.println("median: " + steps * 1000L / median);
        System.out.println("best: " + steps * 1000L / warm[0]);
    }
}
