package dev.tracetool.code;

/**
 * The {@code co_linetable} of CPython 3.10 (PEP 626; {@code Objects/lnotab_notes.txt} of that version).
 *
 * <pre>
 * pair = u8 length, i8 line delta     the range is the next "length" bytes of code
 * </pre>
 *
 * A delta of -128 means that the range has no line, and leaves the running line as it is. A length of 0 only changes
 * the running line. Legal: empty, shorter or longer than the code. Malformed: half a pair at the end.
 */
final class LineTable310 {
    private static final int NO_LINE_DELTA = -128;

    private LineTable310() {}

    static void decodeLines(byte[] table, int firstLine, LineTableBuilder into) {
        long end = 0;
        long line = firstLine;
        for (int at = 0; at < table.length; at += 2) {
            if (at + 1 == table.length) {
                throw new MalformedLineTableException(at + 1, "a line delta", "the end of the table");
            }
            end += table[at] & 0xff;
            int delta = table[at + 1];
            if (delta == NO_LINE_DELTA) {
                into.addTo(end, LineTable.NO_LINE);
            } else {
                line += delta;
                into.addTo(end, line);
            }
        }
    }
}
