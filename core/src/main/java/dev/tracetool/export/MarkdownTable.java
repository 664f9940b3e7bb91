package dev.tracetool.export;

import java.util.List;

/**
 * A table of GitHub Flavored Markdown. Cells are Markdown already: names from a trace go through {@link
 * SafeText#markdown}.
 */
public final class MarkdownTable {
    private MarkdownTable() {}

    /**
     * The table, with a newline at the end of each row.
     *
     * @param left which columns are text; the others are flush right
     */
    public static String of(List<String> heads, List<Boolean> left, List<List<String>> rows) {
        StringBuilder out = new StringBuilder();
        row(out, heads);
        row(out, left.stream().map(l -> l ? ":--" : "--:").toList());
        rows.forEach(cells -> row(out, cells));
        return out.toString();
    }

    /** A row of a table, with its newline. */
    public static String row(List<String> cells) {
        StringBuilder out = new StringBuilder();
        row(out, cells);
        return out.toString();
    }

    private static void row(StringBuilder out, List<String> cells) {
        out.append('|');
        cells.forEach(cell -> out.append(' ').append(cell).append(" |"));
        out.append('\n');
    }
}
