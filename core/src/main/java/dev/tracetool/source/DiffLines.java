package dev.tracetool.source;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The lines of a diff, one char for each byte: a diff can hold files of any encoding, and only paths have to be
 * understood. Of a long line the beginning is kept, so that memory is bounded whatever comes.
 */
final class DiffLines {
    /** Longer than any path; of a line of content, only the first byte matters. */
    static final int MAX_KEPT = 1 << 16;

    private final InputStream in;
    private final byte[] read = new byte[MAX_KEPT];
    private int next;
    private int end;
    private byte[] line = new byte[256];
    private long number;
    private boolean cut;

    DiffLines(InputStream in) {
        this.in = in;
    }

    /** The number of the line that came last, from 1. */
    long number() {
        return number;
    }

    /** Whether the line that came last was longer than what was kept of it. */
    boolean isCut() {
        return cut;
    }

    /** The next line without its newline; null behind the last. */
    @Nullable
    String next() throws IOException {
        int size = 0;
        cut = false;
        boolean some = false;
        while (next < end || fill()) {
            some = true;
            int from = next;
            while (next < end && read[next] != '\n') {
                next++;
            }
            size = keep(from, next - from, size);
            if (next < end) {
                next++;
                break;
            }
        }
        number += some ? 1 : 0;
        return some ? new String(line, 0, size, StandardCharsets.ISO_8859_1) : null;
    }

    private boolean fill() throws IOException {
        next = 0;
        end = Math.max(0, in.read(read));
        return end > 0;
    }

    /** Adds some bytes to the line. Returns its new size. */
    private int keep(int from, int count, int size) {
        int kept = Math.min(count, MAX_KEPT - size);
        cut |= kept < count;
        if (size + kept > line.length) {
            line = Arrays.copyOf(line, Math.min(MAX_KEPT, Math.max(size + kept, 2 * line.length)));
        }
        System.arraycopy(read, from, line, size, kept);
        return size + kept;
    }
}
