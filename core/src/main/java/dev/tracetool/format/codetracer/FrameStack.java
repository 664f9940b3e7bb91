package dev.tracetool.format.codetracer;

import java.util.Arrays;

/**
 * The calls of one thread that have not been left, outermost first. Of all threads together only so many frames are kept;
 * those beyond are counted, so that returns find theirs.
 */
final class FrameStack {
    /** In place of the code object of a frame whose first step is still to come. */
    static final int WAITING = -2;

    private static final int FIRST_SIZE = 8;

    /** How many frames can still be kept. */
    static final class Room {
        private int left;

        Room(int frames) {
            left = frames;
        }
    }

    private final Room room;
    private int[] functions = new int[0];
    private int[] codes = new int[0];
    private int[] paths = new int[0];
    private int kept;
    private long depth;

    FrameStack(Room room) {
        this.room = room;
    }

    void push(int function) {
        depth++;
        if (kept < depth - 1 || room.left == 0) {
            return;
        }
        room.left--;
        if (kept == codes.length) {
            int size = Math.max(FIRST_SIZE, 2 * kept);
            functions = Arrays.copyOf(functions, size);
            codes = Arrays.copyOf(codes, size);
            paths = Arrays.copyOf(paths, size);
        }
        functions[kept] = function;
        codes[kept] = WAITING;
        paths[kept] = -1;
        kept++;
    }

    void pop() {
        if (depth == 0) {
            return;
        }
        depth--;
        if (kept > depth) {
            kept--;
            room.left++;
        }
    }

    /** Frames, those included that are not kept. */
    long depth() {
        return depth;
    }

    /** The place of the innermost frame that is kept, -1 if there is none. */
    int top() {
        return kept - 1;
    }

    boolean isWaiting(int frame) {
        return codes[frame] == WAITING;
    }

    int function(int frame) {
        return functions[frame];
    }

    /** Its code object, or {@link #WAITING}. */
    int code(int frame) {
        return codes[frame];
    }

    /** That of its code object, -1 if it is waiting. */
    int path(int frame) {
        return paths[frame];
    }

    void enter(int frame, int code, int path) {
        codes[frame] = code;
        paths[frame] = path;
    }
}
