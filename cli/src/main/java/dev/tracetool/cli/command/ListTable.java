package dev.tracetool.cli.command;

import dev.tracetool.cli.command.TextTable.Align;
import dev.tracetool.export.DisplayWidth;
import dev.tracetool.export.MarkdownTable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * A list as cells for people: columns of which nothing is known are left out, names come last. Cells are harmless for
 * where the list goes before they come here.
 *
 * @param title of the list
 * @param names whether each column holds names; the others are numbers
 * @param dispensable heads of columns that a narrow terminal can do without, the first to go first
 * @param more rows that are not shown
 */
public record ListTable(
        String title,
        List<String> heads,
        List<Boolean> names,
        List<List<String>> rows,
        List<String> dispensable,
        int more) {
    private static final String INDENT = "  ";

    /** Chars that a line about rows which are left out can take. */
    private static final int LONGEST_REST = 80;

    /** Columns that a name should have before figures are left out for it. */
    private static final int NAME_WIDTH = 28;

    /** A cell of a row. */
    public interface Cell<T> {
        String of(T row);
    }

    /** Collects the columns of one list. */
    public static final class Builder<T> {
        private final List<T> shown;
        private final List<String> heads = new ArrayList<>();
        private final List<Boolean> names = new ArrayList<>();
        private final List<String> dispensable = new ArrayList<>();
        private final List<List<String>> cells = new ArrayList<>();

        public Builder(List<T> shown) {
            this.shown = shown;
            shown.forEach(row -> cells.add(new ArrayList<>()));
        }

        /** Numbers, if anything is known of them. */
        public Builder<T> column(String head, boolean known, Cell<T> cell) {
            return known ? add(head, false, cell) : this;
        }

        public Builder<T> name(String head, Cell<T> cell) {
            return add(head, true, cell);
        }

        private Builder<T> add(String head, boolean isName, Cell<T> cell) {
            heads.add(head);
            names.add(isName);
            for (int i = 0; i < cells.size(); i++) {
                cells.get(i).add(cell.of(shown.get(i)));
            }
            return this;
        }

        /** What a narrow terminal can do without, in this order: names are worth more. */
        public Builder<T> dispensable(List<String> columns) {
            dispensable.addAll(columns);
            return this;
        }

        /** @param all rows that there are */
        public ListTable build(String title, int all) {
            return new ListTable(title, heads, names, cells, dispensable, all - shown.size());
        }
    }

    /** The title, and the list beneath it. */
    public void writeText(Utf8Writer out, int width, boolean color) throws IOException {
        out.newline().text(Style.BOLD.of(title, color)).newline();
        if (rows.isEmpty()) {
            out.text(INDENT).text("none").newline();
            return;
        }
        ListTable list = width > 0 ? narrowedTo(width - INDENT.length()) : this;
        int columns = list.heads.size();
        Align[] aligns = new Align[columns];
        for (int i = 0; i < columns; i++) {
            aligns[i] = list.names.get(i) ? Align.LEFT : Align.RIGHT;
        }
        TextTable table = new TextTable(aligns);
        for (int i = 0; i < columns; i++) {
            if (list.names.get(i)) {
                table.flexible(i, true); // of a path and of a qualified name, the end says most
            }
        }
        table.row(list.heads.toArray(new String[0]));
        list.rows.forEach(row -> table.row(row.toArray(new String[0])));
        table.write(out, INDENT, width);
        if (more > 0) {
            out.text(INDENT).text("… and " + Quantity.count(more) + " more").newline();
        }
    }

    /** The same as GitHub Flavored Markdown. */
    public void writeMarkdown(Utf8Writer out) throws IOException {
        out.newline().text("### ").text(title).newline().newline();
        out.text(MarkdownTable.of(heads, names, rows));
        if (more > 0) {
            out.newline().text("… and " + Quantity.count(more) + " more").newline();
        }
    }

    /**
     * The same in at most so many chars: as many rows as fit, none of them cut, and a line that says how many are left
     * out. Nothing at all if there is not even room for its heads.
     */
    public String markdown(int limit) {
        String head = "\n### " + title + "\n\n" + MarkdownTable.of(heads, names, List.of());
        StringBuilder text = new StringBuilder(head);
        int room = limit - LONGEST_REST;
        int shown = 0;
        for (List<String> row : rows) {
            String line = MarkdownTable.row(row);
            if (text.length() + line.length() > room) {
                break;
            }
            text.append(line);
            shown++;
        }
        int cut = rows.size() - shown;
        if (cut > 0) {
            text.append("\n… and " + Quantity.count((long) cut + more, "more row") + ", for which there is no room\n");
        } else if (more > 0) {
            text.append("\n… and " + Quantity.count(more) + " more\n");
        }
        return text.length() <= limit ? text.toString() : "";
    }

    /** The same without some figures, where names would have too little of the width. */
    private ListTable narrowedTo(int width) {
        ListTable table = this;
        for (String head : dispensable) {
            if (table.leastWidth() <= width) {
                break;
            }
            table = table.without(head);
        }
        return table;
    }

    private int leastWidth() {
        int sum = 2 * (heads.size() - 1);
        for (int i = 0; i < heads.size(); i++) {
            int widest = DisplayWidth.of(heads.get(i));
            for (List<String> row : rows) {
                widest = Math.max(widest, DisplayWidth.of(row.get(i)));
            }
            sum += names.get(i) ? Math.min(NAME_WIDTH, widest) : widest;
        }
        return sum;
    }

    private ListTable without(String head) {
        int at = heads.indexOf(head);
        return at < 0
                ? this
                : new ListTable(
                        title,
                        less(heads, at),
                        less(names, at),
                        rows.stream().map(row -> less(row, at)).toList(),
                        dispensable,
                        more);
    }

    private static <T> List<T> less(List<T> list, int at) {
        List<T> less = new ArrayList<>(list);
        less.remove(at);
        return less;
    }
}
