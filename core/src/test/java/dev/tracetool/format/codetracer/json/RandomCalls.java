package dev.tracetool.format.codetracer.json;

import dev.tracetool.analysis.Recording;
import dev.tracetool.trace.EventKind;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;

/**
 * A run that follows from a seed: threads in turns, recursion, generators, exceptions, same-named functions in several
 * files, first lines that are unknown.
 */
final class RandomCalls {
    private final Random random;
    private final Recording recording = new Recording();
    private final int codes;
    private final List<Deque<Integer>> stacks = new ArrayList<>();
    private final List<List<Integer>> suspended = new ArrayList<>();
    private long time;

    /** @param whole whether each frame is seen from its beginning to its end */
    private RandomCalls(long seed, boolean whole) {
        random = new Random(seed);
        codes = 1 + random.nextInt(7);
        String[] names = {"<module>", "f", "g", "C.m", "f", "<lambda>", "<toplevel>"};
        for (int i = 0; i < codes; i++) {
            int firstLine = random.nextInt(4) == 0 ? -1 : random.nextInt(30);
            recording.code(
                    "/p/" + "ab".charAt(random.nextInt(2)) + ".py",
                    names[random.nextInt(names.length)],
                    firstLine,
                    1,
                    2,
                    3);
        }
        for (int i = 0; i <= random.nextInt(3); i++) {
            recording.thread(i, i == 0 ? "" : "worker");
            stacks.add(new ArrayDeque<>());
            suspended.add(new ArrayList<>());
        }
        int steps = random.nextInt(60);
        for (int i = 0; i < steps; i++) {
            step(whole);
        }
        if (random.nextBoolean()) {
            recording.end(time);
        }
    }

    /** Each frame is seen from its beginning, and each end is seen. */
    static Recording whole(long seed) {
        return new RandomCalls(seed, true).recording;
    }

    /** Frames run that began before the recording, and end unseen. */
    static Recording torn(long seed) {
        return new RandomCalls(seed, false).recording;
    }

    private void step(boolean whole) {
        int thread = random.nextInt(stacks.size());
        recording.on(thread);
        Deque<Integer> stack = stacks.get(thread);
        time++;
        if (!whole && random.nextInt(6) == 0) {
            tear(stack);
            return;
        }
        int choice = random.nextInt(8);
        if (stack.isEmpty() || choice == 0) {
            int code = random.nextInt(codes);
            stack.push(code);
            recording.start(code, time);
        } else if (choice == 1) {
            recording.leave(stack.pop(), time);
        } else if (choice == 2) {
            recording.event(EventKind.PY_UNWIND, stack.pop(), 0, time);
        } else if (choice == 3) {
            suspended.get(thread).add(stack.peek());
            recording.event(EventKind.PY_YIELD, stack.pop(), 4, time);
        } else if (choice == 4 && !suspended.get(thread).isEmpty()) {
            int code = suspended
                    .get(thread)
                    .remove(random.nextInt(suspended.get(thread).size()));
            stack.push(code);
            recording.event(random.nextBoolean() ? EventKind.PY_RESUME : EventKind.PY_THROW, code, 4, time);
        } else if (choice == 5) {
            recording.event(EventKind.CALL, stack.peek(), 2, time);
        } else {
            recording.lines(stack.peek(), random.nextInt(30));
        }
    }

    private void tear(Deque<Integer> stack) {
        int code = random.nextInt(codes);
        switch (random.nextInt(4)) {
            case 0 -> recording.lines(code, random.nextInt(30));
            case 1 -> recording.leave(code, time);
            case 2 -> {
                if (!stack.isEmpty()) {
                    stack.pop(); // unseen
                }
            }
            default -> {
                int[] frames = random.ints(random.nextInt(4), 0, codes).toArray();
                recording.frames(time, frames);
                stack.clear();
                for (int frame : frames) {
                    stack.push(frame);
                }
            }
        }
    }
}
