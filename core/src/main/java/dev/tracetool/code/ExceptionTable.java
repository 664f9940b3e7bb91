package dev.tracetool.code;

import java.util.ArrayList;
import java.util.List;

/**
 * {@code co_exceptiontable} of CPython 3.11 and later: which handler is taken for an exception at which offset. Immutable.
 *
 * <pre>
 * each entry: start, length, target in code units of 2 bytes, depth * 2 + lasti
 * a number:   groups of 6 bits, most significant first; bit 6 (0x40): more follows;
 *             bit 7 (0x80) stands in the first byte of each entry only
 * </pre>
 *
 * (CPython {@code InternalDocs/exception_handling.md}, {@code dis._parse_exception_table}.)
 *
 * @param entries in order of the table
 * @param malformedAt byte of the table from which on it is none; -1 if it is whole
 */
public record ExceptionTable(List<Entry> entries, int malformedAt) {
    /** A table without entries: that of code without handlers, and of CPython before 3.11, which had none. */
    public static final ExceptionTable EMPTY = new ExceptionTable(List.of(), -1);

    private static final int NUMBERS = 4;
    private static final int UNIT = 2;

    /**
     * One range.
     *
     * @param start first byte offset
     * @param end byte offset behind the last one
     * @param target offset of the handler
     * @param depth to which the stack is cut
     * @param lasti whether the offset of the failed instruction is pushed as well
     */
    public record Entry(int start, int end, int target, int depth, boolean lasti) {}

    public ExceptionTable {
        entries = List.copyOf(entries);
    }

    public boolean isMalformed() {
        return malformedAt >= 0;
    }

    /** Decodes a table as far as it is one, in time and memory proportional to its length. */
    public static ExceptionTable decode(byte[] table) {
        List<Entry> entries = new ArrayList<>();
        int at = 0;
        while (at < table.length) {
            int from = at;
            long[] numbers = new long[NUMBERS];
            for (int i = 0; i < NUMBERS; i++) {
                boolean more = true;
                for (boolean first = true; more; first = false) {
                    if (at == table.length || (table[at] < 0) != (first && i == 0)) {
                        return new ExceptionTable(entries, from);
                    }
                    numbers[i] = numbers[i] << 6 | table[at] & 0x3F;
                    more = (table[at] & 0x40) != 0;
                    at++;
                    if (numbers[i] > Integer.MAX_VALUE / UNIT) {
                        return new ExceptionTable(entries, from);
                    }
                }
            }
            long end = UNIT * (numbers[0] + numbers[1]);
            if (end > Integer.MAX_VALUE) {
                return new ExceptionTable(entries, from);
            }
            entries.add(new Entry(
                    (int) (UNIT * numbers[0]),
                    (int) end,
                    (int) (UNIT * numbers[2]),
                    (int) (numbers[3] >> 1),
                    (numbers[3] & 1) != 0));
        }
        return new ExceptionTable(entries, -1);
    }
}
