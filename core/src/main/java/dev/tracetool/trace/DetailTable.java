package dev.tracetool.trace;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Something that only one format tells of a file: its internal files, its flags, where calls and returns do not balance.
 *
 * @param name what the rows are, in snake case, such as {@code internal_files}
 * @param columns their names, in snake case
 * @param rows one cell for each column: text, which is hostile, a {@link Long}, a {@link Boolean}, or null for unknown
 */
public record DetailTable(String name, List<String> columns, List<List<@Nullable Object>> rows) {
    public DetailTable {
        columns = List.copyOf(columns);
        List<List<@Nullable Object>> copy = new ArrayList<>(rows.size());
        for (List<@Nullable Object> row : rows) {
            if (row.size() != columns.size()) {
                throw new IllegalArgumentException(row.size() + " cells in " + columns.size() + " columns");
            }
            copy.add(Collections.unmodifiableList(new ArrayList<>(row)));
        }
        rows = Collections.unmodifiableList(copy);
    }
}
