package dev.tracetool.code;

/**
 * The {@code co_lnotab} of CPython 3.6 to 3.9 ({@code Objects/lnotab_notes.txt}, {@code PyCode_Addr2Line}).
 *
 * <pre>
 * pair = u8 offset delta, i8 line delta     the line changes at the new offset
 * </pre>
 *
 * The first run has {@code co_firstlineno}; the last one has no end but the code's, so that an empty table gives all of
 * the code its first line. No offset is without a line. Every byte string is legal: CPython ignores half a pair at the
 * end, and so does this.
 */
final class LnotabTable {
    private LnotabTable() {}

    static void decodeLines(byte[] table, int firstLine, LineTableBuilder into) {
        long offset = 0;
        long line = firstLine;
        for (int at = 0; at + 1 < table.length; at += 2) {
            offset += table[at] & 0xff;
            into.addTo(offset, line);
            line += table[at + 1];
        }
        into.addTo(Long.MAX_VALUE, line);
    }
}
