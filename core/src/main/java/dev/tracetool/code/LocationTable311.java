package dev.tracetool.code;

/**
 * A walk over the entries of a {@code co_linetable} of CPython 3.11 and later (PEP 657; CPython's
 * {@code InternalDocs/code_objects.md}, {@code Objects/codeobject.c}).
 *
 * <pre>
 * entry   = head operand*       a head has bit 7 set, operands have it clear
 * head    = 1 ffff uuu          form f; the entry covers u + 1 code units of 2 bytes
 *
 * f        operands                                       line      end line  column          end column
 * 0 to 9   0 ccc eeee                                     as is     = line    8f + c          column + e
 * 10 to 12 column, end column                             += f - 10 = line    given           given
 * 13       svarint line                                   += line   = line    unknown         unknown
 * 14       svarint line, varint lines, column+1, end+1    += line   + lines   0 is unknown    0 is unknown
 * 15                                                      the entry has no location at all
 *
 * varint  = 6 bits a byte, the least first; bit 6 is set if more follow; at most 32 bits
 * svarint = varint whose bit 0 is the sign and whose other bits are the magnitude
 * </pre>
 *
 * The line runs on from entry to entry, from {@code co_firstlineno}, also across entries of form 15.
 *
 * <p>Legal: an empty table, one shorter than the code (what is behind it has no line) and one longer. Malformed: a head
 * without bit 7, an operand with it, an end within an entry, a number of more than 32 bits. CPython does not check
 * these, and its line and position readers then disagree with each other.
 */
final class LocationTable311 {
    private static final int FORM_NO_LOCATION = 15;
    private static final int FORM_LONG = 14;
    private static final int FORM_NO_COLUMNS = 13;
    private static final int FORM_ONE_LINE = 10;

    private final byte[] table;
    private int at;
    private long runningLine;

    // The entry that next() stopped at. Numbers as computed: what makes no sense is for the builders to drop.
    private long end;
    private long line;
    private long endLine;
    private long column;
    private long endColumn;

    private LocationTable311(byte[] table, int firstLine) {
        this.table = table;
        this.runningLine = firstLine;
    }

    static void decodeLines(byte[] table, int firstLine, LineTableBuilder into) {
        LocationTable311 entries = new LocationTable311(table, firstLine);
        while (entries.next()) {
            into.addTo(entries.end, entries.line);
        }
    }

    static void decodePositions(byte[] table, int firstLine, PositionTableBuilder into) {
        LocationTable311 entries = new LocationTable311(table, firstLine);
        while (entries.next()) {
            into.addTo(entries.end, entries.line, entries.endLine, entries.column, entries.endColumn);
        }
    }

    private boolean next() {
        if (at == table.length) {
            return false;
        }
        int head = table[at];
        if (head >= 0) {
            throw new MalformedLineTableException(at, "an entry head (0x80 to 0xff)", hex(head));
        }
        at++;
        end += 2L * ((head & 7) + 1);
        int form = head >> 3 & 15;
        if (form < FORM_ONE_LINE) {
            int columns = operand();
            column = 8L * form + (columns >> 4);
            endColumn = column + (columns & 15);
            line = runningLine;
            endLine = line;
        } else if (form < FORM_NO_COLUMNS) {
            runningLine += form - FORM_ONE_LINE;
            column = operand();
            endColumn = operand();
            line = runningLine;
            endLine = line;
        } else if (form == FORM_NO_LOCATION) {
            line = LineTable.NO_LINE;
            endLine = LineTable.NO_LINE;
            column = Position.UNKNOWN_COLUMN;
            endColumn = Position.UNKNOWN_COLUMN;
        } else {
            runningLine += signedVarint();
            line = runningLine;
            // Columns are stored with 1 added, so that the 0 of an unknown one becomes UNKNOWN_COLUMN.
            endLine = form == FORM_LONG ? line + varint() : line;
            column = form == FORM_LONG ? varint() - 1 : Position.UNKNOWN_COLUMN;
            endColumn = form == FORM_LONG ? varint() - 1 : Position.UNKNOWN_COLUMN;
        }
        return true;
    }

    private long signedVarint() {
        long number = varint();
        long magnitude = number >> 1;
        return (number & 1) == 0 ? magnitude : -magnitude;
    }

    private long varint() {
        long number = 0;
        for (int shift = 0; shift <= 30; shift += 6) {
            int group = operand();
            number |= (group & 63L) << shift;
            if ((group & 64) == 0 && number <= 0xffff_ffffL) {
                return number;
            }
        }
        throw new MalformedLineTableException(at - 1, "a number of at most 32 bits", "more");
    }

    private int operand() {
        if (at == table.length) {
            throw new MalformedLineTableException(at, "the rest of an entry", "the end of the table");
        }
        int operand = table[at];
        if (operand < 0) {
            throw new MalformedLineTableException(at, "the rest of an entry (0x00 to 0x7f)", hex(operand));
        }
        at++;
        return operand;
    }

    private static String hex(int signedByte) {
        return "0x" + Integer.toHexString((signedByte & 0xff) | 0x100).substring(1);
    }
}
