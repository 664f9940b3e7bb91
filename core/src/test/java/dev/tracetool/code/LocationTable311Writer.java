package dev.tracetool.code;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes a location table of 3.11, each form at will, and keeps for each code unit the position that it means: written
 * from the format's description, not from the reader.
 */
final class LocationTable311Writer {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final List<Position> units = new ArrayList<>();
    private int line;

    LocationTable311Writer(int firstLine) {
        line = firstLine;
    }

    /** Forms 0 to 9: column below 80, at most 15 wide, on the running line. */
    LocationTable311Writer shortForm(int unitCount, int column, int width) {
        head(column / 8, unitCount);
        bytes.write(column % 8 << 4 | width);
        return covers(unitCount, new Position(line, line, column, column + width));
    }

    /** Forms 10 to 12: line delta 0 to 2, columns below 128. */
    LocationTable311Writer oneLine(int unitCount, int lineDelta, int column, int endColumn) {
        head(10 + lineDelta, unitCount);
        bytes.write(column);
        bytes.write(endColumn);
        line += lineDelta;
        return covers(unitCount, new Position(line, line, column, endColumn));
    }

    /** Form 13. */
    LocationTable311Writer noColumns(int unitCount, int lineDelta) {
        head(13, unitCount);
        signedVarint(lineDelta);
        line += lineDelta;
        return covers(unitCount, new Position(line, line, -1, -1));
    }

    /** Form 14; columns of -1 are unknown. */
    LocationTable311Writer longForm(int unitCount, int lineDelta, int lines, int column, int endColumn) {
        head(14, unitCount);
        signedVarint(lineDelta);
        varint(lines);
        varint(column + 1);
        varint(endColumn + 1);
        line += lineDelta;
        return covers(unitCount, new Position(line, line + lines, column, endColumn));
    }

    /** Form 15. */
    LocationTable311Writer noLocation(int unitCount) {
        head(15, unitCount);
        return covers(unitCount, Position.UNKNOWN);
    }

    byte[] table() {
        return bytes.toByteArray();
    }

    int codeLength() {
        return 2 * units.size();
    }

    /** What the table says of the byte offset. */
    Position expectedAt(int offset) {
        return offset < 0 || offset >= codeLength() ? Position.UNKNOWN : units.get(offset / 2);
    }

    private void head(int form, int unitCount) {
        bytes.write(0x80 | (form << 3) | (unitCount - 1));
    }

    private void varint(int unsigned) {
        int rest = unsigned;
        while (rest >= 64) {
            bytes.write(64 | (rest & 63));
            rest >>>= 6;
        }
        bytes.write(rest);
    }

    private void signedVarint(int value) {
        varint(value < 0 ? -value << 1 | 1 : value << 1);
    }

    private LocationTable311Writer covers(int unitCount, Position position) {
        for (int i = 0; i < unitCount; i++) {
            units.add(position);
        }
        return this;
    }
}
