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
 *       2 to the power of {@value #CONVENTIONAL_LINE_SHIFT}.
 * </ul>
 *
 * <p>Looking up is done for nearly every step: it takes the file of the one before, and no search in
 * that.
 */
final class Locations {
    /** Addresses that a file takes whose lines nobody counted. */
    static final long LINES_OF_A_FILE = 100_000;

    /** 2 to the power of this is how many a line takes there from version 6 on. */
    static final int CONVENTIONAL_LINE_SHIFT = 10;

    private static final int HINTS_OF_FILE = 4;
    private static final SourceFile NOTHING = SourceFile.ofLines(0);

    private final List<SourceFile> files;
    private final long[] bases;

    /** For each run of 2 to the power of {@code fileShift} addresses, the file that its first one is in. */
    private final int[] fileHints;

    private final int fileShift;
    private final int firstLine;
    private final boolean halves;

    private int file;
    private long from;
    private long to;
    private SourceFile within = NOTHING;

    private long low;
    private long high;
    private int line;

    /**
     * How a file is addressed.
     *
     * @param size addresses that it takes, at least 1
     * @param starts how many addresses are before lines, ascending, each number once, and behind them
     *     {@link Integer#MAX_VALUE}; empty if all lines take the same number
     * @param lines for each of {@code starts}, the last line that begins there
     * @param lineShift 2 to the power of this is the number of addresses of a line, if all take the same
     * @param runs for each run of 2 to the power of {@code runShift} addresses: bits 32 to 62 are the line that its first
     *     one is in, bits 0 to 15 how many addresses before the next line begins, if it does, and bits 16 to 31 how many
     *     lines further that is; -1 if that does not tell all of it
     */
    record SourceFile(long size, int[] starts, int[] lines, int lineShift, long[] runs, int runShift) {
        private static final int[] NONE = new int[0];

        private static final long[] NO_RUNS = new long[0];

        /** Shorter runs are not worth their memory. */
        private static final int LEAST_SHIFT = 3;

        private static final int BITS = 16;
        private static final int MOST = (1 << BITS) - 1;

        /** A file of that many lines, each one address. */
        static SourceFile ofLines(long lines) {
            return even(lines, 0);
        }

        /** A file of that many lines, each of 2 to the power of that many addresses. */
        static SourceFile even(long lines, int lineShift) {
            return new SourceFile(Math.max(1, lines << lineShift), NONE, NONE, lineShift, NO_RUNS, 0);
        }

        /**
         * A file of lines of different lengths.
         *
         * @param all for each line, of which there is one at least, how many addresses are before it
         * @param size addresses of all
         * @param runsOfLine for how many runs to a line there is memory
         */
        static SourceFile ofColumns(int[] all, int size, int runsOfLine) {
            int distinct = 1;
            for (int i = 1; i < all.length; i++) {
                distinct += all[i] != all[i - 1] ? 1 : 0;
            }
            int[] starts = new int[distinct + 1];
            int[] lines = new int[distinct];
            int at = 0;
            for (int i = 0; i < all.length; i++) {
                at += i > 0 && all[i] != all[i - 1] ? 1 : 0;
                starts[at] = all[i];
                lines[at] = i + 1;
            }
            starts[distinct] = Integer.MAX_VALUE;
            int shift = LEAST_SHIFT;
            while (size >>> shift > (long) runsOfLine * distinct) {
                shift++;
            }
            return new SourceFile(Math.max(1, size), starts, lines, 0, runs(starts, lines, size, shift), shift);
        }

        private static long[] runs(int[] starts, int[] lines, int size, int shift) {
            long[] runs = new long[(size >>> shift) + 1];
            int mask = (1 << shift) - 1;
            int last = starts.length - 2;
            int from = 0;
            for (int at = 0; at <= last; at++) {
                long next = starts[at + 1];
                int to = (int) Math.min(runs.length, next + mask >>> shift);
                if (from < to) { // runs that begin in this line
                    Arrays.fill(runs, from, to, (long) lines[at] << 32);
                    if (at < last && (next & mask) != 0) { // the last one goes on in the next line
                        int further = lines[at + 1] - lines[at];
                        boolean fits = starts[at + 2] >= (long) to << shift && further <= MOST && mask <= MOST;
                        runs[to - 1] = fits ? runs[to - 1] | (long) further << BITS | next & mask : -1;
                    }
                    from = to;
                }
            }
            return runs;
        }

        /** The last entry of {@link #starts} that is not above that. */
        int startOf(int place) {
            int found = Arrays.binarySearch(starts, place);
            return found >= 0 ? found : -found - 2;
        }

        boolean even() {
            return starts.length == 0;
        }
    }

    /** @param version of {@code meta.dat} */
    Locations(List<SourceFile> files, int version, boolean columns) {
        this.files = files;
        this.bases = new long[files.size() + 1];
        for (int i = 0; i < files.size(); i++) {
            bases[i + 1] = bases[i] + files.get(i).size;
        }
        int hints = HINTS_OF_FILE * files.size();
        long all = bases[files.size()];
        int bits = 0;
        while (all >>> bits > hints) {
            bits++;
        }
        this.fileShift = bits;
        this.fileHints = new int[(int) (all >>> bits) + 2];
        int at = 0;
        for (int i = 0; i < fileHints.length; i++) {
            while (at + 1 < files.size() && bases[at + 1] <= (long) i << bits) {
                at++;
            }
            fileHints[i] = at;
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
        if (!enter(address)) {
            low = 0;
            high = 0;
            return false;
        }
        SourceFile in = within;
        if (in.even()) {
            return findEven(address, in.lineShift);
        }
        int at = in.startOf((int) (address - from));
        line = in.lines[at];
        low = from + in.starts[at];
        high = Math.min(from + in.starts[at + 1], to);
        return true;
    }

    private boolean findEven(long address, int lineShift) {
        long number = address - from >>> lineShift;
        int first = first(lineShift);
        if (number > Integer.MAX_VALUE - first) {
            return false;
        }
        line = (int) number + first;
        low = from + (number << lineShift);
        high = low + (1L << lineShift);
        return true;
    }

    private int first(int lineShift) {
        return lineShift == 0 ? firstLine : 1;
    }

    /**
     * Looks up addresses as long as they are in one file: {@link #file}.
     *
     * @param found to which the line of each is written
     * @return up to where: the same as {@code at} if the first one is that of no line
     */
    int find(long[] addresses, int at, int end, int[] found) {
        if (!enter(addresses[at])) {
            return at;
        }
        SourceFile in = within;
        int size = (int) Math.min(Integer.MAX_VALUE, to - from);
        return in.even()
                ? even(addresses, at, end, found, from, size, in.lineShift, first(in.lineShift))
                : columns(addresses, at, end, found, from, size, in);
    }

    // Fields of objects are handed on as numbers and arrays: that way nothing is loaded anew for each address.

    private static int even(
            long[] addresses, int at, int end, int[] found, long from, int size, int lineShift, int first) {
        int i = at;
        for (; i < end; i++) {
            long place = addresses[i] - from;
            if (place < 0 || place >= size) {
                break;
            }
            found[i] = (int) (place >>> lineShift) + first;
        }
        return i;
    }

    private static int columns(long[] addresses, int at, int end, int[] found, long from, int size, SourceFile in) {
        long[] runs = in.runs;
        int shift = in.runShift;
        int mask = (1 << shift) - 1;
        int i = at;
        for (; i < end; i++) {
            long wide = addresses[i] - from;
            if (wide < 0 || wide >= size) {
                break;
            }
            int place = (int) wide;
            long run = runs[place >>> shift];
            if (run < 0) {
                found[i] = in.lines[in.startOf(place)];
                continue;
            }
            int isBefore = (place & mask) - ((int) run & SourceFile.MOST) >> 31; // all bits if so: no branch
            found[i] = (int) (run >>> 32) + ((int) run >>> SourceFile.BITS & ~isBefore);
        }
        return i;
    }

    /** Whether the address is in a file, which is the one to look into then. */
    private boolean enter(long address) {
        return address >= from && address < to || address >= 0 && findFile(address);
    }

    private boolean findFile(long address) {
        long all = bases[files.size()];
        if (address >= all) {
            if (halves && address >>> 32 != 0 && address >>> 32 < files.size() && (int) address >= 0) {
                // The lower half is the line, whatever lines are counted from.
                file = (int) (address >>> 32);
                from = address & ~0xFFFF_FFFFL;
                to = from + Integer.MAX_VALUE;
                within = files.get(file);
                return true;
            }
            // One beyond is where writers put lines that are beyond the last one.
            if (address > all || files.isEmpty() || halves) {
                return false;
            }
            return enter(files.size() - 1, address + 1);
        }
        int hint = (int) (address >>> fileShift);
        int found = Arrays.binarySearch(bases, fileHints[hint], fileHints[hint + 1] + 1, address);
        int at = found >= 0 ? found : -found - 2;
        return enter(at, bases[at + 1]);
    }

    private boolean enter(int number, long end) {
        file = number;
        from = bases[number];
        to = end;
        within = files.get(number);
        return true;
    }

    /** Number of the file of the address that was found last. */
    int file() {
        return file;
    }

    int line() {
        return line;
    }

    long low() {
        return low;
    }

    long high() {
        return high;
    }
}
