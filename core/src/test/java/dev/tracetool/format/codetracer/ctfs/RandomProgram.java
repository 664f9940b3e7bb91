package dev.tracetool.format.codetracer.ctfs;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** What a program did, made up from a seed, as the recorder for Python writes it and as it must be read. */
final class RandomProgram {
    private static final int LINES = 60;
    private static final int COLUMNS = 40;

    private final Random random;
    private final CtRecording recording;
    private final List<String> expected = new ArrayList<>();
    private final List<Integer> fileOf = new ArrayList<>();
    private final List<Integer> lineOf = new ArrayList<>();
    private final boolean columns;
    private final boolean exceptions;
    private final boolean threads;
    private int left;
    private int thread;
    private int named = 1;

    /**
     * @param recording to which it is written
     * @param columns whether columns are
     * @param all whether there are exceptions and threads
     */
    RandomProgram(long seed, CtRecording recording, boolean columns, boolean all, int steps) {
        this.random = new Random(seed);
        this.recording = recording;
        this.columns = columns;
        this.exceptions = all;
        this.threads = all;
        this.left = steps;
        for (int i = 0; i < 3; i++) {
            int[] lengths = new int[LINES];
            for (int line = 0; line < LINES; line++) {
                // Lines that are empty share the address of the next one: nothing runs on them.
                lengths[line] = line % 7 == 6 ? 0 : COLUMNS + random.nextInt(9);
            }
            recording.path("/work/m" + i + ".py", lengths);
        }
        for (int i = 0; i < 8; i++) {
            fileOf.add(random.nextInt(3));
            lineOf.add(line());
            recording.function("f" + i + ".<locals>.g", fileOf.get(i), lineOf.get(i));
        }
    }

    List<String> run() {
        recording.step(0, 1); // what the writer puts first
        while (left > 0) {
            call(0);
        }
        return expected;
    }

    private int line() {
        int line = 1 + random.nextInt(LINES);
        return line % 7 == 0 ? line - 1 : line;
    }

    private void call(int depth) {
        int f = random.nextInt(8);
        recording.call(f);
        recording.step(fileOf.get(f), lineOf.get(f));
        String code = "f" + f + ".<locals>.g /work/m" + fileOf.get(f) + ".py:" + lineOf.get(f);
        event("PY_START", code, 0);
        int line = lineOf.get(f);
        int count = random.nextInt(12);
        for (int i = 0; i < count && left-- > 0; i++) {
            int what = random.nextInt(12);
            if (what < 2 && depth < 20) {
                call(depth + 1);
            } else if (what == 2 && exceptions) {
                recording.raise("oh");
                event("RAISE", code, 0);
            } else if (what == 3 && exceptions) {
                recording.caught();
                event("EXCEPTION_HANDLED", code, 0);
            } else if (what == 5 && threads && depth < 15) {
                otherThread(depth);
            } else if (what == 6 && random.nextInt(4) == 0) {
                // Code of which only the file is known.
                int file = (fileOf.get(f) + 1) % 3;
                recording.step(file, 3);
                event("LINE", "<unknown> /work/m" + file + ".py:-1", 3);
            } else {
                line = random.nextInt(5) == 0 ? line() : line;
                recording.step(fileOf.get(f), line, columns ? 1 + random.nextInt(COLUMNS) : 1);
                event("LINE", code, line);
                if (columns && random.nextInt(6) == 0 && !recording.column(0)) {
                    event("LINE", code, line);
                }
            }
        }
        boolean exception = exceptions && random.nextInt(6) == 0;
        recording.leave(exception);
        event(exception ? "PY_UNWIND" : "PY_RETURN", code, 0);
    }

    /** Another one runs, and this one goes on: the writer has one stack for all. */
    private void otherThread(int depth) {
        int here = thread;
        int there = random.nextInt(3) == 0 || named == 1 ? named++ : 1 + random.nextInt(named - 1);
        if (there == here) {
            return;
        }
        if (there == named - 1) {
            recording.thread(StepTag.THREAD_START, 1000 + there);
        }
        recording.thread(StepTag.THREAD_SWITCH, 1000 + there);
        thread = there;
        call(depth + 1);
        recording.thread(StepTag.THREAD_SWITCH, 1000 + here);
        thread = here;
    }

    private void event(String kind, String code, int line) {
        expected.add(thread + " " + kind + " " + code + " " + line);
    }
}
