package dev.tracetool.format.codetracer.ctfs;

import java.util.Arrays;
import java.util.List;

/**
 * What the addresses of steps mean. All files lie one after the other in one space of addresses; how much of it a file
 * takes, and what an address in it is, depends on {@code meta.dat}:
 *
 * <ul>
 *   <li><b>Lines</b>: each address is a line. Without a table a file takes {@value #LINES_OF_A_FILE} addresses; a line of
 *       a longer file looks like one of the next. With {@link MetaFlag#LINE_COUNT_TABLE} it takes as many as it has lines.
 *       Up to version 3 line n is n addresses after the start of its file, from version 4 on n-1. Up to version 3, an
 *       address of more than 32 bits is another writer's: file in the upper half, line in the lower.
 *   <li><b>Columns</b> ({@link MetaFlag#COLUMN_AWARE_STEPS}): a line takes as many addresses as it has columns, which the
 *       table of paths tells. Of lines that begin at one address, since all but the last have no columns, the last counts.
 *       A file without such a table is addressed by lines; in version 6 each of its lines takes
 *       {@value #CONVENTIONAL_LINE}.
 * </ul>
 *
 * <p>Looking up is done for nearly every step: it takes the file of the one before, and no search in that.
 */
final class Locations {
    /** Addresses that a file takes whose lines nobody counted. */
    static final long LINES_OF_A_FILE = 100_000;

    static final int CONVENTIONAL_LINE = 1024;

    private final List<SourceFile> files;
    private final long[] bases;
    private final int firstLine;
    private final boolean halves;

    private int file;
    private long from;
    private long to;
    private int[] starts = new int[0];
    private int[] hints = new int[0];
    private int shift;

    private long low;
    private long high;
    private int line;

    /**
     * How a file is addressed.
     *
     * @param size addresses that it takes, at least 1
     * @param starts for each line, how many addresses are before it, and behind them {@link Integer#MAX_VALUE}; empty if
     *     all lines take the same number
     * @param lineSize that number
     * @param hints for each run of 2 to the power of {@code shift} addresses, a line that is not beyond its start and
     *     near to it
     */
    record SourceFile(long size, int[] starts, int lineSize, int[] hints, int shift) {
        /** A file of that many lines, each one address. */
        static SourceFile ofLines(long lines) {
            return even(lines, 1);
        }

        /** A file of that many lines, each of that many addresses. */
        static SourceFile even(long lines, int lineSize) {
            return new SourceFile(Math.max(1, lines * lineSize), new int[0], lineSize, new int[0], 0);
        }

        /**
         * A file of lines of different lengths.
         *
         * @param starts for each line, of which there is one at least, how many addresses are before it
         * @param size addresses of all
         */
        static SourceFile ofColumns(int[] starts, int size) {
            int lines = starts.length;
            int[] ended = Arrays.copyOf(starts, lines + 1);
            ended[lines] = Integer.MAX_VALUE;
            int shift = 0;
            while (size >>> shift > lines) {
                shift++;
            }
            int[] hints = new int[(size >>> shift) + 1];
            int line = 0;
            for (int i = 0; i < hints.length; i++) {
                while (ended[line + 1] <= (long) i << shift) {
                    line++;
                }
                hints[i] = line;
            }
            return new SourceFile(Math.max(1, size), ended, 0, hints, shift);
        }
    }

    /** @param version of {@code meta.dat} */
    Locations(List<SourceFile> files, int version, boolean columns) {
        this.files = files;
        this.bases = new long[files.size() + 1];
        for (int i = 0; i < files.size(); i++) {
            bases[i + 1] = bases[i] + files.get(i).size;
        }
        this.firstLine = version >= 4 ? 1 : 0;
        this.halves = version <= 3 && !columns;
    }

    /**
     * Looks up an address.
     *
     * @return whether there is a line: {@link #file}, {@link #line}, and the addresses that it takes from {@link #low} to
     *     before {@link #high}
     */
    boolean find(long address) {
        if (address < from || address >= to) {
            if (address < 0 || !findFile(address)) {
                low = 0;
                high = 0;
                return false;
            }
        }
        if (starts.length == 0) {
            return findEven(address);
        }
        int within = (int) (address - from);
        int at = hints[within >>> shift];
        while (starts[at + 1] <= within) {
            at++;
        }
        line = at + 1;
        low = from + starts[at];
        high = Math.min(from + starts[at + 1], to);
        return true;
    }

    private boolean findEven(long address) {
        int size = file < files.size() ? files.get(file).lineSize : 1;
        long number = (address - from) / size;
        int first = size == 1 ? firstLine : 1;
        if (number > Integer.MAX_VALUE - first) {
            return false;
        }
        line = (int) number + first;
        low = from + number * size;
        high = low + size;
        return true;
    }

    private boolean findFile(long address) {
        long all = bases[files.size()];
        if (address >= all) {
            if (halves && address >>> 32 != 0 && address >>> 32 < files.size() && (int) address >= 0) {
                // The lower half is the line, whatever lines are counted from.
                file = (int) (address >>> 32);
                from = address & ~0xFFFF_FFFFL;
                to = from + Integer.MAX_VALUE;
                starts = new int[0];
                return true;
            }
            // One beyond is where writers put lines that are beyond the last one.
            if (address > all || files.isEmpty() || halves) {
                return false;
            }
            return enter(files.size() - 1, address + 1);
        }
        int found = Arrays.binarySearch(bases, address);
        int at = found >= 0 ? found : -found - 2;
        return enter(at, bases[at + 1]);
    }

    private boolean enter(int number, long end) {
        file = number;
        from = bases[number];
        to = end;
        SourceFile entered = files.get(number);
        starts = entered.starts;
        hints = entered.hints;
        shift = entered.shift;
        return true;
    }

    /** Number of the file of the address that was found last. */
    int file() {
        return file;
    }

    int line() {
        return line;
    }

    /** Where that file begins. */
    long from() {
        return from;
    }

    /** Where it ends. */
    long to() {
        return to;
    }

    /** Of that file: see {@link SourceFile}. */
    int[] starts() {
        return starts;
    }

    int[] hints() {
        return hints;
    }

    int shift() {
        return shift;
    }

    long low() {
        return low;
    }

    long high() {
        return high;
    }
}
