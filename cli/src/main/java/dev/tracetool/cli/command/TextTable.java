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
    private final boolean[] flexible;
    private final boolean[] keepEnd;

    public TextTable(Align... aligns) {
        this.aligns = aligns.clone();
        this.flexible = new boolean[aligns.length];
        this.keepEnd = new boolean[aligns.length];
    }

    /**
     * Names a column that is cut when the table is wider than the terminal; of several, the widest first.
     *
     * @param keepEnd whether its end is kept rather than its start, as suits a path
     */
    public TextTable flexible(int column, boolean keepEnd) {
        this.flexible[column] = true;
        this.keepEnd[column] = keepEnd;
        return this;
    }

    /** Rows that are made when they are needed, each time the same: tables of damaged files can be of any length. */
    public interface Rows {
        void each(Row into) throws IOException;
    }

    /** Takes the cells of a row. */
    public interface Row {
        void row(String... cells) throws IOException;
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
        write(out, indent, width, into -> {});
    }

    /**
     * The same with further rows below, which are not kept: they come once to be measured, and once more to be written.
     */
    public void write(Utf8Writer out, String indent, int width, Rows more) throws IOException {
        int[] widths = new int[aligns.length];
        for (String[] row : rows) {
            measure(row, widths);
        }
        more.each(row -> measure(row, widths));
        fit(widths, indent.length(), width);
        for (String[] row : rows) {
            write(out, indent, row, widths);
        }
        more.each(row -> write(out, indent, row, widths));
    }

    private void write(Utf8Writer out, String indent, String[] row, int[] widths) throws IOException {
        StringBuilder line = new StringBuilder(indent);
        for (int i = 0; i < row.length; i++) {
            String cell = row[i];
            if (flexible[i]) {
                cell = keepEnd[i] ? DisplayWidth.cutStart(cell, widths[i]) : DisplayWidth.cutEnd(cell, widths[i]);
            }
            line.append(i == 0 ? "" : GAP)
                    .append(
                            aligns[i] == Align.RIGHT
                                    ? DisplayWidth.padLeft(cell, widths[i])
                                    : DisplayWidth.padRight(cell, widths[i]));
        }
        out.text(line.toString().stripTrailing()).newline();
    }

    private static void measure(String[] row, int[] widths) {
        for (int i = 0; i < row.length; i++) {
            widths[i] = Math.max(widths[i], DisplayWidth.of(row[i]));
        }
    }

    /** Makes columns narrower until they fit. */
    private void fit(int[] widths, int indent, int width) {
        int excess = width == 0 ? 0 : indent + GAP.length() * (widths.length - 1) - width;
        for (int w : widths) {
            excess += width == 0 ? 0 : w;
        }
        while (excess > 0) {
            int widest = -1;
            int next = LEAST;
            for (int i = 0; i < widths.length; i++) {
                if (flexible[i] && widths[i] > LEAST) {
                    if (widest < 0 || widths[i] > widths[widest]) {
                        next = widest < 0 ? LEAST : widths[widest];
                        widest = i;
                    } else {
                        next = Math.max(next, widths[i]);
                    }
                }
            }
            if (widest < 0) {
                break;
            }
            int cut = Math.min(excess, Math.max(1, widths[widest] - next));
            widths[widest] -= cut;
            excess -= cut;
        }
    }
}
