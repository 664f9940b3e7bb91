package dev.tracetool.cli.command;

import dev.tracetool.export.DisplayWidth;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * A table for people: columns as wide as their widest cell, two blanks between them, numbers flush right. Cells are
 * expected to be harmless already. Where there is a width to keep, one column gives way; piped output is never cut.
 */
public final class TextTable {
    /** How a column is laid out. */
    public enum Align {
        LEFT,
        RIGHT
    }

    private static final String GAP = "  ";
    private static final int LEAST = 12;

    private final Align[] aligns;
    private final List<String[]> rows = new ArrayList<>();
    private int flexible = -1;
    private boolean keepEnd;

    public TextTable(Align... aligns) {
        this.aligns = aligns.clone();
    }

    /**
     * Names the column that is cut when the table is wider than the terminal.
     *
     * @param keepEnd whether its end is kept rather than its start, as suits a path
     */
    public TextTable flexible(int column, boolean keepEnd) {
        this.flexible = column;
        this.keepEnd = keepEnd;
        return this;
    }

    /** Adds a row; the first one can be the heads. */
    public TextTable row(String... cells) {
        if (cells.length != aligns.length) {
            throw new IllegalArgumentException(cells.length + " cells in a table of " + aligns.length + " columns");
        }
        rows.add(cells.clone());
        return this;
    }

    /**
     * Writes all rows.
     *
     * @param indent put before each row
     * @param width columns to keep to, 0 if there is no limit
     */
    public void write(Utf8Writer out, String indent, int width) throws IOException {
        int[] widths = widths(indent.length(), width);
        for (String[] row : rows) {
            StringBuilder line = new StringBuilder(indent);
            for (int i = 0; i < row.length; i++) {
                String cell = row[i];
                if (i == flexible) {
                    cell = keepEnd ? DisplayWidth.cutStart(cell, widths[i]) : DisplayWidth.cutEnd(cell, widths[i]);
                }
                line.append(i == 0 ? "" : GAP)
                        .append(
                                aligns[i] == Align.RIGHT
                                        ? DisplayWidth.padLeft(cell, widths[i])
                                        : DisplayWidth.padRight(cell, widths[i]));
            }
            out.text(line.toString().stripTrailing()).newline();
        }
    }

    private int[] widths(int indent, int width) {
        int[] widths = new int[aligns.length];
        for (String[] row : rows) {
            for (int i = 0; i < row.length; i++) {
                widths[i] = Math.max(widths[i], DisplayWidth.of(row[i]));
            }
        }
        if (width > 0 && flexible >= 0) {
            int total = indent + GAP.length() * (widths.length - 1);
            for (int w : widths) {
                total += w;
            }
            int excess = Math.max(0, total - width);
            widths[flexible] = Math.max(Math.min(LEAST, widths[flexible]), widths[flexible] - excess);
        }
        return widths;
    }
}
