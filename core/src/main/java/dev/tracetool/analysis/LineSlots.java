package dev.tracetool.analysis;

import dev.tracetool.code.CodeObjectWrapper;
import dev.tracetool.code.LineTable;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Gives each line of each code object with an event a number, its slot, so that what is known of lines stands in flat
 * arrays.
 *
 * <pre>
 * lines   slot 0: no frame | for each code object with an event: a slot without a line, its lines ascending
 * </pre>
 */
final class LineSlots {
    /** The slot of no code object. */
    static final int NONE = 0;

    private int[] lines = new int[256];
    private int used = 1;

    /** By code index: its slot without a line, 0 if it has none yet; behind it stand the others, to the end. */
    private int[] from = new int[64];

    private int[] to = new int[64];
    private @Nullable CodeObjectWrapper[] codes = new CodeObjectWrapper[64];

    /** Makes room for code indices below the given one. */
    void reserve(int count) {
        if (count > codes.length) {
            int capacity = (int) Math.min(Math.max(count, 2L * codes.length), Integer.MAX_VALUE - 8);
            codes = Arrays.copyOf(codes, capacity);
            from = Arrays.copyOf(from, capacity);
            to = Arrays.copyOf(to, capacity);
        }
    }

    /** Room must have been made for it. */
    void add(CodeObjectWrapper code) {
        codes[code.index()] = code;
    }

    private void layOut(int code) {
        CodeObjectWrapper wrapper = codes[code];
        int[] distinct =
                wrapper == null ? new int[0] : wrapper.lineTableOrEmpty().distinctLines();
        int end = Math.addExact(used, distinct.length + 1);
        if (end > lines.length) {
            lines = Arrays.copyOf(lines, (int) Math.min(Math.max(end, 2L * lines.length), Integer.MAX_VALUE - 8));
        }
        System.arraycopy(distinct, 0, lines, used + 1, distinct.length);
        from[code] = used;
        to[code] = end;
        used = end;
    }

    /** How many slots there can be without growing; what is kept for each needs an array of this length. */
    int capacity() {
        return lines.length;
    }

    /**
     * The slot of a line of a code object; that without a line if the table does not have it.
     *
     * @param before a slot: mostly the one behind it is meant
     */
    int slot(int code, int line, int before) {
        if (from[code] == NONE) {
            layOut(code);
        }
        int next = before + 1;
        if (next > from[code] && next < to[code] && lines[next] == line) {
            return next;
        }
        int at = Arrays.binarySearch(lines, from[code] + 1, to[code], line);
        return at < 0 ? from[code] : at;
    }

    /** The slot of the line of an offset. */
    int slotAt(int code, int offset) {
        CodeObjectWrapper wrapper = codes[code];
        int line =
                wrapper == null ? LineTable.NO_LINE : wrapper.lineTableOrEmpty().lineAt(offset);
        return slot(code, line, NONE);
    }

    /** The first slot of a code object that has a line. */
    int first(int code) {
        return from[code] + 1;
    }

    /** The one behind the last slot of a code object, which is at most the first if it has no lines, or no event. */
    int end(int code) {
        return to[code];
    }

    /** The line of a slot that has one. */
    int line(int slot) {
        return lines[slot];
    }
}
