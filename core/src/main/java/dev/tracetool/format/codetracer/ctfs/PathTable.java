package dev.tracetool.format.codetracer.ctfs;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The source files of a recording: {@code paths.dat}, or else what {@code meta.dat} lists.
 *
 * <pre>
 * a record:            the path
 * with line counts:    length of the path, path, number of lines
 * with columns:        length of the path, path, number of lines, columns of the first one,
 *                      for each other how many more than the one before; signed
 * </pre>
 */
final class PathTable {
    /** Between what names a producer and the path, where several share a table. */
    private static final char QUALIFIER_END = 0x1F;

    /** Looking up lines is fastest with so many runs of addresses for each, which is too much memory for more lines than these. */
    private static final int FINE_RUNS = 8;

    private static final int FINE_LINES = 1 << 18;

    /** A table of more takes too much memory. */
    private static final int MAX_FILES = 1 << 18;

    /** The same for lines with columns, of all files. */
    private static final int MAX_LINES = 1 << 23;

    private final List<String> paths = new ArrayList<>();
    private final List<SourceFile> files = new ArrayList<>();
    private final boolean columns;
    private final int version;
    private long linesOfColumns;
    private @Nullable MalformedContainerException damage;

    private PathTable(boolean columns, int version) {
        this.columns = columns;
        this.version = version;
    }

    static PathTable read(Directory directory, MetaData meta) throws IOException {
        InterningTable records = InterningTable.read(directory, "paths");
        boolean known = directory.has(MetaData.NAME) && meta.damage() == null;
        boolean columns = meta.has(MetaFlag.COLUMN_AWARE_STEPS) || !known && meta.flags() == 0 && haveColumns(records);
        PathTable table = new PathTable(columns, meta.version());
        table.damage = records.damage();
        if (records.size() == 0) {
            for (String path : meta.paths()) {
                table.add(path, SourceFile.ofLines(Locations.LINES_OF_A_FILE));
            }
        }
        boolean counted = meta.has(MetaFlag.LINE_COUNT_TABLE) && !columns;
        for (int i = 0; i < records.size(); i++) {
            Cursor in = records.cursor(i);
            try {
                if (i == MAX_FILES) {
                    throw in.malformed("expected at most " + MAX_FILES + " files, found " + records.size());
                }
                table.add(in, counted);
            } catch (MalformedContainerException e) {
                // Where files begin that come after this one cannot be told any more.
                table.damage = e;
                break;
            }
        }
        return table;
    }

    /** Whether all records are such that have columns: what a trace without {@code meta.dat} is taken by. */
    private static boolean haveColumns(InterningTable records) throws IOException {
        PathTable trial = new PathTable(true, 3);
        try {
            for (int i = 0; i < Math.min(records.size(), MAX_FILES); i++) {
                trial.add(records.cursor(i), false);
            }
        } catch (MalformedContainerException e) {
            return false;
        }
        return records.size() > 0;
    }

    private void add(Cursor in, boolean counted) throws MalformedContainerException {
        if (!columns && !counted) {
            String path = new String(in.take(in.left()), StandardCharsets.UTF_8);
            add(path, SourceFile.ofLines(Locations.LINES_OF_A_FILE));
            return;
        }
        String path = in.text();
        if (counted) {
            long lines = in.varint();
            if (lines < 0 || lines > Integer.MAX_VALUE) {
                throw in.malformed("expected a number of lines, found " + Long.toUnsignedString(lines));
            }
            add(path, SourceFile.ofLines(lines));
        } else {
            add(path, columns(in));
        }
        if (in.left() > 0) {
            throw in.malformed("expected the end of a path's record, found " + in.left() + " more bytes");
        }
    }

    private SourceFile columns(Cursor in) throws MalformedContainerException {
        int lines = in.count(1);
        if (lines == 0) {
            return version < 6
                    ? SourceFile.ofLines(Locations.LINES_OF_A_FILE)
                    : SourceFile.even(Locations.LINES_OF_A_FILE, Locations.CONVENTIONAL_LINE_SHIFT);
        }
        linesOfColumns += lines;
        if (linesOfColumns > MAX_LINES) {
            throw in.malformed("expected at most " + MAX_LINES + " lines with columns in all files, found more");
        }
        int[] starts = new int[lines];
        long total = 0;
        long length = 0;
        for (int i = 0; i < lines; i++) {
            starts[i] = (int) total;
            length += in.signed();
            if (length < 0 || length > Integer.MAX_VALUE || total + length >= Integer.MAX_VALUE) {
                throw in.malformed("expected a file of at most 2147483647 columns, found more");
            }
            total += length;
        }
        int runs = linesOfColumns <= FINE_LINES ? FINE_RUNS : 1;
        return SourceFile.ofColumns(starts, (int) total, runs);
    }

    private void add(String path, SourceFile file) {
        paths.add(path.substring(path.indexOf(QUALIFIER_END) + 1));
        files.add(file);
    }

    int size() {
        return paths.size();
    }

    /** All of them, by number. */
    List<String> paths() {
        return paths;
    }

    String path(int number) {
        return paths.get(number);
    }

    Locations locations() {
        return new Locations(files, version, columns);
    }

    /** Whether what was recorded is Python: some file is. */
    boolean isPython() {
        for (String path : paths) {
            if (path.endsWith(".py") || path.endsWith(".pyw")) {
                return true;
            }
        }
        return false;
    }

    boolean hasColumns() {
        return columns;
    }

    /** What is wrong with the table, null if nothing is. */
    @Nullable
    MalformedContainerException damage() {
        return damage;
    }
}
