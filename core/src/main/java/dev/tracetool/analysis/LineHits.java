package dev.tracetool.analysis;

import java.util.Arrays;
import java.util.List;

/**
 * How often each line was reached. A line is executable if some line table has it; module code starts on line 0, which
 * no file has, so lines below 1 are not. Lines with events that are not executable are kept beside the others.
 *
 * <p>Immutable. Adding is associative and commutative.
 */
public final class LineHits {
    /** No lines. */
    public static final LineHits NONE = new LineHits(new int[0], new long[0], new int[0], new long[0]);

    private static final long[] NO_HITS = {};

    private final int[] lines;

    /** One for each line, or none at all if no line was reached: most code objects of a library never are. */
    private final long[] hits;

    private final int[] otherLines;
    private final long[] otherHits;

    private LineHits(int[] lines, long[] hits, int[] otherLines, long[] otherHits) {
        this.lines = lines;
        this.hits = hits;
        this.otherLines = otherLines;
        this.otherHits = otherHits;
    }

    /** Executable lines that were not reached; ascending, each once. */
    static LineHits untouched(int[] lines) {
        int from = 0;
        while (from < lines.length && lines[from] < 1) {
            from++;
        }
        int[] executable = from == 0 ? lines : Arrays.copyOfRange(lines, from, lines.length);
        return executable.length == 0 ? NONE : new LineHits(executable, NO_HITS, NONE.otherLines, NO_HITS);
    }

    /** Lines with events, ascending, each once, which become executable only if {@link #untouched} ones are added. */
    static LineHits events(int[] lines, long[] hits) {
        return lines.length == 0 ? NONE : new LineHits(NONE.lines, NO_HITS, lines, hits);
    }

    /**
     * From all that it consists of, as {@link #executableLines}, {@link #hits} and {@link #otherLines} tell it.
     *
     * @param hits one for each executable line, or none at all
     * @throws IllegalArgumentException if lines do not ascend, or numbers contradict each other
     */
    public static LineHits of(int[] executable, long[] hits, int[] others, long[] otherHits) {
        boolean fits = hits.length == 0 || hits.length == executable.length;
        if (!fits || others.length != otherHits.length || !ascend(executable) || !ascend(others)) {
            throw new IllegalArgumentException("lines that do not ascend, or not as many as their hits");
        }
        if (executable.length > 0 && executable[0] < 1 || minus(others, executable).length < others.length) {
            throw new IllegalArgumentException("lines that are executable and are not");
        }
        for (long[] all : new long[][] {hits, otherHits}) {
            for (long h : all) {
                if (h < 0) {
                    throw new IllegalArgumentException("hits: " + h);
                }
            }
        }
        boolean empty = executable.length == 0 && others.length == 0;
        return empty ? NONE : new LineHits(executable.clone(), hits.clone(), others.clone(), otherHits.clone());
    }

    private static boolean ascend(int[] lines) {
        for (int i = 1; i < lines.length; i++) {
            if (lines[i] <= lines[i - 1]) {
                return false;
            }
        }
        return true;
    }

    /** Executable lines, ascending. */
    public int[] executableLines() {
        return lines.clone();
    }

    /** Lines that were reached without being executable, ascending. */
    public int[] otherLines() {
        return otherLines.clone();
    }

    /** Executable lines. */
    public int executable() {
        return lines.length;
    }

    /** Executable lines that were reached. */
    public int hit() {
        int count = 0;
        for (long h : hits) {
            count += h > 0 ? 1 : 0;
        }
        return count;
    }

    /** How often all lines together were reached. */
    public long events() {
        long sum = 0;
        for (long h : hits) {
            sum += h;
        }
        for (long h : otherHits) {
            sum += h;
        }
        return sum;
    }

    /** Lines that were reached without being executable. */
    public int others() {
        return otherLines.length;
    }

    /** How often the line was reached. */
    public long hits(int line) {
        int at = hits.length == 0 ? -1 : Arrays.binarySearch(lines, line);
        if (at >= 0) {
            return hits[at];
        }
        int other = Arrays.binarySearch(otherLines, line);
        return other >= 0 ? otherHits[other] : 0;
    }

    /** Whether the line is executable. */
    public boolean isExecutable(int line) {
        return Arrays.binarySearch(lines, line) >= 0;
    }

    /** Lines that are executable or were reached, ascending. */
    public int[] lines() {
        return otherLines.length == 0 ? lines.clone() : union(lines, otherLines);
    }

    /** Both together. */
    public LineHits plus(LineHits o) {
        if (o == NONE || this == NONE) {
            return o == NONE ? this : o;
        }
        if (otherLines.length == 0 && o.otherLines.length == 0 && Arrays.equals(lines, o.lines)) {
            return sameLines(o);
        }
        int[] executable = union(lines, o.lines);
        long[] sums = hits.length == 0 && o.hits.length == 0 && otherLines.length == 0 && o.otherLines.length == 0
                ? NO_HITS
                : new long[executable.length];
        if (sums.length > 0) {
            for (int i = 0; i < executable.length; i++) {
                sums[i] = hits(executable[i]) + o.hits(executable[i]);
            }
        }
        int[] rest = minus(union(otherLines, o.otherLines), executable);
        long[] restSums = new long[rest.length];
        for (int i = 0; i < rest.length; i++) {
            restSums[i] = hits(rest[i]) + o.hits(rest[i]);
        }
        return new LineHits(executable, sums, rest, restSums);
    }

    /** All together, in halves: so each line is copied as often as the list can be halved. */
    static LineHits sum(List<LineHits> all) {
        return switch (all.size()) {
            case 0 -> NONE;
            case 1 -> all.get(0);
            default -> {
                int half = all.size() / 2;
                yield sum(all.subList(0, half)).plus(sum(all.subList(half, all.size())));
            }
        };
    }

    private LineHits sameLines(LineHits o) {
        if (o.hits.length == 0) {
            return this;
        }
        if (hits.length == 0) {
            return new LineHits(lines, o.hits, otherLines, otherHits);
        }
        long[] sums = new long[hits.length];
        for (int i = 0; i < sums.length; i++) {
            sums[i] = hits[i] + o.hits[i];
        }
        return new LineHits(lines, sums, otherLines, otherHits);
    }

    private static int[] union(int[] a, int[] b) {
        int[] all = new int[a.length + b.length];
        int count = 0;
        int i = 0;
        int j = 0;
        while (i < a.length || j < b.length) {
            int next;
            if (j == b.length || (i < a.length && a[i] <= b[j])) {
                next = a[i];
                j += j < b.length && b[j] == next ? 1 : 0;
                i++;
            } else {
                next = b[j++];
            }
            all[count++] = next;
        }
        return count == all.length ? all : Arrays.copyOf(all, count);
    }

    private static int[] minus(int[] a, int[] b) {
        int[] rest = new int[a.length];
        int count = 0;
        for (int line : a) {
            if (Arrays.binarySearch(b, line) < 0) {
                rest[count++] = line;
            }
        }
        return Arrays.copyOf(rest, count);
    }
}
