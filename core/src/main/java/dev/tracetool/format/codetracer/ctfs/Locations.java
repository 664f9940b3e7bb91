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

    private final SourceFile[] files;
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

    /** @param version of {@code meta.dat} */
    Locations(List<SourceFile> files, int version, boolean columns) {
        this.files = files.toArray(SourceFile[]::new);
        this.bases = new long[files.size() + 1];
        for (int i = 0; i < files.size(); i++) {
            bases[i + 1] = bases[i] + files.get(i).size();
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
        if (!hasLine(address)) {
            low = 0;
            high = 0;
            return false;
        }
        SourceFile in = within;
        if (in.isEven()) {
            long number = address - from >>> in.lineShift();
            line = (int) number + firstOf(in);
            low = from + (number << in.lineShift());
            high = low + (1L << in.lineShift());
        } else {
            int at = in.startOf((int) (address - from));
            line = in.lines()[at];
            low = from + in.starts()[at];
            high = Math.min(from + in.starts()[at + 1], to);
        }
        return true;
    }

    private boolean hasLine(long address) {
        return enter(address) && address - from < mostOf(within);
    }

    /** The number of its first line, if all lines take the same. */
    private int firstOf(SourceFile in) {
        return in.lineShift() == 0 ? firstLine : 1;
    }

    /** How many addresses at most, from that of a file on, have a line in it. */
    private long mostOf(SourceFile in) {
        return in.isEven() ? (long) Integer.MAX_VALUE - firstOf(in) + 1 << in.lineShift() : in.size() + 1;
    }

    /**
     * Looks up addresses, one after the other.
     *
     * @param count at most as many as there is room for
     */
    void find(long[] addresses, int count, Places into) {
        into.clear();
        int[] found = into.lines();
        // What is looked into, in variables: that way nothing is loaded anew for each address.
        long base = 0;
        long size = 0;
        int[] lines = NOTHING.lines();
        int[] runs = NOTHING.runs();
        int shift = NOTHING.runShift();
        int mask = (1 << shift) - 1;
        int all = 0;
        for (int i = 0; i < count; i++) {
            long place = addresses[i] - base;
            if (place < 0 || place >= size) {
                boolean isThere = hasLine(addresses[i]);
                SourceFile in = isThere ? within : NOTHING;
                base = isThere ? from : addresses[i];
                place = addresses[i] - base;
                size = isThere ? Math.min(to - from, mostOf(in)) : 0;
                lines = in.lines();
                runs = in.runs();
                shift = in.runShift();
                mask = (1 << shift) - 1;
                into.add(isThere ? file : CodeTable.UNKNOWN_FILE, base, i);
            }
            int line = lines[runs[(int) (place >>> shift)] + ((int) place & mask) >>> shift];
            found[i] = line;
            all |= line;
        }
        into.end(count);
        if (all < 0) {
            search(addresses, into);
        }
    }

    /** Looks up of these what is still untold. */
    private void search(long[] addresses, Places into) {
        int at = 0;
        for (int i = 0; i < into.stretches(); i++) {
            int end = into.endOf(i);
            if (into.file(i) != CodeTable.UNKNOWN_FILE) {
                SourceFile in = files[into.file(i)];
                in.search(addresses, at, end, into.base(i), firstOf(in), into.lines());
            }
            at = end;
        }
    }

    /** Whether the address is in a file, which is the one to look into then. */
    private boolean enter(long address) {
        return address >= from && address < to || address >= 0 && findFile(address);
    }

    private boolean findFile(long address) {
        long all = bases[files.length];
        if (address >= all) {
            if (halves && address >>> 32 != 0 && address >>> 32 < files.length && (int) address >= 0) {
                // The lower half is the line, whatever lines are counted from.
                file = (int) (address >>> 32);
                from = address & ~0xFFFF_FFFFL;
                to = from + Integer.MAX_VALUE;
                within = files[file];
                return true;
            }
            // One beyond is where writers put lines that are beyond the last one.
            if (address > all || files.length == 0 || halves) {
                return false;
            }
            return enter(files.length - 1, address + 1);
        }
        int at = fileHints[(int) (address >>> fileShift)];
        at += (int) (bases[at + 1] - address - 1 >>> 63); // mostly one further or none, which nobody can foresee
        if (bases[at + 1] <= address) {
            int last = fileHints[(int) (address >>> fileShift) + 1];
            int found = Arrays.binarySearch(bases, at, last + 1, address);
            at = found >= 0 ? found : -found - 2;
        }
        return enter(at, bases[at + 1]);
    }

    private boolean enter(int number, long end) {
        file = number;
        from = bases[number];
        to = end;
        within = files[number];
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
