package dev.tracetool.code;

/**
 * The start of a range of bytecode in a line table; the range ends where the next one starts, or at the end of the code.
 *
 * @param offset byte offset of the start
 * @param line the line, or {@link LineTable#NO_LINE}
 */
public record LineEntry(int offset, int line) {
    public boolean hasLine() {
        return line != LineTable.NO_LINE;
    }
}
