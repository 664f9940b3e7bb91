package dev.tracetool.code;

/**
 * The piece of source that an instruction comes from (PEP 657). Each part can be unknown.
 *
 * @param line first line, or {@link LineTable#NO_LINE}
 * @param endLine last line, inclusive, or {@link LineTable#NO_LINE}
 * @param column start in the first line, in bytes of UTF-8 from 0, or {@link #UNKNOWN_COLUMN}
 * @param endColumn end in the last line, exclusive, in bytes of UTF-8, or {@link #UNKNOWN_COLUMN}
 */
public record Position(int line, int endLine, int column, int endColumn) {
    /** In place of a column where it is unknown. */
    public static final int UNKNOWN_COLUMN = -1;

    /** A position of which nothing is known. */
    public static final Position UNKNOWN =
            new Position(LineTable.NO_LINE, LineTable.NO_LINE, UNKNOWN_COLUMN, UNKNOWN_COLUMN);

    public boolean hasLine() {
        return line != LineTable.NO_LINE;
    }

    public boolean hasEndLine() {
        return endLine != LineTable.NO_LINE;
    }

    public boolean hasColumn() {
        return column != UNKNOWN_COLUMN;
    }

    public boolean hasEndColumn() {
        return endColumn != UNKNOWN_COLUMN;
    }
}
