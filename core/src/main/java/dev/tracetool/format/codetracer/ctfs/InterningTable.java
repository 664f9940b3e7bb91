package dev.tracetool.format.codetracer.ctfs;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A table of records of any length, which others name by their number: {@code NAME.dat} has the records, {@code NAME.off}
 * where each begins and, last, where the last one ends, in 8 bytes each.
 *
 * <p>Both are small, so that they are held in memory. What cannot be read of them, is missing at the end of the table.
 */
final class InterningTable {
    /** Paths with the lengths of all lines take about a byte for each line. */
    private static final int MAX_BYTES = 1 << 24;

    /** A table of more would take too much memory: each has a text. */
    private static final int MAX_RECORDS = 1 << 20;

    private final byte[] records;
    private final byte[] offsets;
    private final long position;
    private final int size;
    private int claimed;
    private @Nullable MalformedContainerException damage;

    private InterningTable(byte[] records, byte[] offsets, long position, int size) {
        this.claimed = size;
        this.records = records;
        this.offsets = offsets;
        this.position = position;
        this.size = size;
    }

    /** The table of a name; without records if it is not there. */
    static InterningTable read(Directory directory, String name) throws IOException {
        InternalFile data = directory.file(name + ".dat");
        InternalFile index = directory.file(name + ".off");
        if (data == null || index == null) {
            InterningTable none = new InterningTable(new byte[0], new byte[0], 0, 0);
            if (data != index) {
                InternalFile lonely = data == null ? index : data;
                none.damage = new MalformedContainerException(
                        lonely == null ? 0 : lonely.entryAt(),
                        "expected " + name + ".dat and " + name + ".off, found one of them");
            }
            return none;
        }
        try {
            byte[] offsets = index.readAll(MAX_BYTES);
            byte[] records = data.readAll(MAX_BYTES);
            return sound(records, offsets, data.place(0), index);
        } catch (MalformedContainerException e) {
            InterningTable none = new InterningTable(new byte[0], new byte[0], 0, 0);
            none.damage = e;
            return none;
        }
    }

    /** The table up to the first offset that is none. */
    private static InterningTable sound(byte[] records, byte[] offsets, long position, InternalFile index)
            throws IOException {
        int claimed = Math.max(0, offsets.length / 8 - 1);
        if (claimed > MAX_RECORDS) {
            InterningTable table = new InterningTable(records, offsets, position, 0);
            table.damage = new MalformedContainerException(
                    index.entryAt(), "expected at most " + MAX_RECORDS + " entries in a table, found " + claimed);
            return table;
        }
        long last = 0;
        for (int i = 0; i <= claimed && 8 * i + 8 <= offsets.length; i++) {
            long offset = LittleEndian.i64(offsets, 8 * i);
            if (offset < last || offset > records.length) {
                InterningTable table = new InterningTable(records, offsets, position, Math.max(0, i - 1));
                table.claimed = claimed;
                table.damage = new MalformedContainerException(
                        index.place(8L * i),
                        "expected an offset from " + last + " to " + records.length + ", found "
                                + Long.toUnsignedString(offset));
                return table;
            }
            last = offset;
        }
        return new InterningTable(records, offsets, position, claimed);
    }

    int size() {
        return size;
    }

    /** How many records it would have, were it sound; {@link #size} if it is, or nobody knows. */
    int claimed() {
        return claimed;
    }

    /** What is wrong with the table, null if nothing is. */
    @Nullable
    MalformedContainerException damage() {
        return damage;
    }

    /** A record that is a text and nothing else; bytes that are no UTF-8 become replacement characters. */
    String text(int number) {
        int from = offset(number);
        return new String(records, from, offset(number + 1) - from, StandardCharsets.UTF_8);
    }

    /** The fields of a record. */
    Cursor cursor(int number) {
        return new Cursor(records, offset(number), offset(number + 1), position, false);
    }

    private int offset(int number) {
        return (int) LittleEndian.i64(offsets, 8 * number);
    }
}
