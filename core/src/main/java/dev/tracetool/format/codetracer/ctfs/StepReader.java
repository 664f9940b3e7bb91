package dev.tracetool.format.codetracer.ctfs;

import dev.tracetool.format.codetracer.BlockBuilder;
import dev.tracetool.trace.Damage;
import java.io.IOException;

/**
 * Reads {@code steps.dat}: what ran, in its order. A record begins with its {@link StepTag}; numbers are varints.
 *
 * <pre>
 * ABSOLUTE  address            DELTA, DELTA_COLUMN  change of the address (signed)
 * RAISE  type, length, text    CATCH  type          THREAD_SWITCH, THREAD_START, THREAD_EXIT  thread
 * SOURCE_RELOAD  number, count, count times (old file, new file, version), frames
 * </pre>
 *
 * <p>The number of a record is its step, whatever it is. In each chunk the first address is absolute, so that a chunk that
 * cannot be read costs its own steps only. ABSOLUTE and DELTA records are steps of lines; a DELTA_COLUMN moves within
 * one, and is none.
 *
 * <p>Nearly all records are a tag and a number of one or two bytes that stays near the line before: the loop does no more
 * for them than it must.
 */
final class StepReader {
    static final String DATA = "steps.dat";
    static final String INDEX = "steps.idx";

    private static final int MAX_RAW = 1 << 24;
    private static final StepTag[] TAGS = StepTag.values();
    private static final int DELTA = StepTag.DELTA.ordinal();
    private static final int MORE = 0x80;
    private static final int TWO_MORE = 0x8080;
    private static final int[] NO_STARTS = new int[0];

    private final ChunkedStream chunks;
    private final Locations locations;
    private final StepMerger merger;
    private final Damage damage;
    private final long[] counts = new long[TAGS.length];

    // Of the chunk that is being read.
    private int at;
    private long step;
    private long address;

    private long read;
    private long storedBytes;
    private long rawBytes;

    StepReader(ChunkedStream chunks, Locations locations, StepMerger merger, Damage damage) {
        this.chunks = chunks;
        this.locations = locations;
        this.merger = merger;
        this.damage = damage;
    }

    static ChunkedStream open(InternalFile data, InternalFile index, boolean stored, FrameUnpacker unpacker)
            throws IOException, MalformedContainerException {
        return new ChunkedStream(data, index, stored, unpacker, MAX_RAW);
    }

    void read() throws IOException {
        long perChunk = chunks.recordsInChunk();
        for (long chunk = 0; chunk < chunks.chunks(); chunk++) {
            step = chunk * perChunk;
            long first = step;
            long next = first + perChunk;
            try {
                chunks.read(chunk);
                storedBytes += chunks.storedBytes();
                rawBytes += chunks.length();
                steps(chunks.bytes(), chunks.length(), next);
                if (step < next && chunk + 1 < chunks.chunks()) {
                    throw malformed("expected " + perChunk + " records in a chunk of steps, found " + (step - first));
                }
                read += step - first;
            } catch (MalformedContainerException e) {
                boolean last = chunk + 1 == chunks.chunks();
                read += step - first;
                damage.add(
                        e.at(), e.text(), chunks.storedBytes(), 1, last ? 0 : Math.min(next - step, Integer.MAX_VALUE));
                merger.lost(next);
            }
        }
        merger.finish();
    }

    private MalformedContainerException malformed(String message) {
        return new MalformedContainerException(chunks.position(), message);
    }

    /** Reads the records of a chunk up to a step. */
    private void steps(byte[] bytes, int length, long next) throws IOException, MalformedContainerException {
        boolean placed = false;
        BlockBuilder events = merger.events();
        long now = step;
        long here = 0;
        // Of the file of the step before: where it lies, and what tells its lines.
        long from = 0;
        int size = 0;
        int[] starts = NO_STARTS;
        int[] hints = NO_STARTS;
        int shift = 0;
        int file = CodeTable.UNKNOWN_FILE;
        int line = 0;
        // From this step on there is something to do beside telling a line of that code object.
        long stop = 0;
        int topFile = CodeTable.UNKNOWN_FILE;
        int topCode = StepMerger.NO_LINE;
        int p = 0;
        int deltas = 0;
        int positions = 0;
        try {
            while (p < length) {
                int kind = bytes[p];
                int start = p;
                long ahead = LittleEndian.i64(bytes, p + 1);
                // One byte or two without a branch: which of both it is, nobody can foresee.
                long second = ahead >>> 7 & 1;
                long number = ahead & MORE - 1 | (ahead >>> 8 & MORE - 1) << 7 & -second;
                p += 2 + (int) second;
                if ((ahead & TWO_MORE) == TWO_MORE) {
                    p = start + 1;
                    number = 0;
                    int bits = 0;
                    long b;
                    do {
                        b = bytes[p++];
                        number |= (b & MORE - 1) << bits;
                        bits += 7;
                    } while (b < 0 && bits < 64);
                    if (b < 0) {
                        throw malformed("expected a number of at most 64 bits in steps, found more");
                    }
                }
                if (p > length || now == next) {
                    throw malformed(
                            p > length
                                    ? "expected the rest of a step, found the end of its chunk"
                                    : "expected no more records in a chunk of steps, found some");
                }
                if ((kind & ~DELTA) != 0) {
                    at = start;
                    step = now;
                    address = here;
                    other(bytes, kind, length, number, p);
                    p = at;
                    here = address;
                    stop = 0;
                    now++;
                    continue;
                }
                if (!placed) {
                    if (kind == DELTA) {
                        throw malformed("expected an absolute address first in a chunk of steps, found a change of it");
                    }
                    placed = true;
                }
                long isDelta = -(long) kind;
                here = (here & isDelta) + ((number >>> 1 ^ -(number & 1)) & isDelta | number & ~isDelta);
                deltas += kind;
                positions++;
                long within = here - from;
                if (within >= 0 && within < size) {
                    int place = (int) within;
                    int index = hints[place >>> shift];
                    index += starts[index + 1] - place - 1 >>> 31; // 1 if that line begins at or before the address
                    while (starts[index + 1] <= place) {
                        index++;
                    }
                    line = index + 1;
                } else if (locations.find(here)) {
                    file = locations.file();
                    line = locations.line();
                    from = locations.from();
                    starts = locations.starts();
                    hints = locations.hints();
                    shift = locations.shift();
                    // A file whose lines are not listed is looked up each time.
                    size = starts.length == 0 ? 0 : (int) Math.min(Integer.MAX_VALUE, locations.to() - from);
                } else {
                    lose(here, now);
                    stop = 0;
                    now++;
                    continue;
                }
                if (now < stop && file == topFile) {
                    events.line(topCode, line);
                    now++;
                    continue;
                }
                withCalls(now, here, file, line, events);
                topFile = merger.topFile();
                topCode = merger.topCode();
                stop = topCode < 0 ? 0 : Math.min(merger.attention(), merger.nextExit());
                now++;
            }
        } finally {
            step = now;
            counts[DELTA] += deltas;
            counts[StepTag.ABSOLUTE.ordinal()] += positions - deltas;
        }
    }

    /** A step with which a call can begin or end, or which is in another file than the call that it is in. */
    private void withCalls(long now, long here, int file, int line, BlockBuilder events) throws IOException {
        locations.find(here);
        long low = locations.low();
        long high = locations.high();
        boolean isLine = true;
        if (now >= merger.attention()) {
            isLine = merger.before(now, file, low, high);
        }
        int code = file == merger.topFile() ? merger.topCode() : merger.enter(now, file, line, low, high);
        if (code >= 0 && isLine) {
            events.line(code, line);
        }
        if (now >= merger.nextExit()) {
            merger.after(now);
        }
    }

    /** The address of no line. */
    private void lose(long found, long now) throws IOException {
        damage.add(
                chunks.position(),
                "expected the address of a line in step " + now + ", found " + Long.toUnsignedString(found),
                0,
                0,
                1);
        if (now >= merger.attention()) {
            merger.before(now);
        }
        if (now >= merger.nextExit()) {
            merger.after(now);
        }
    }

    /** A record that is no step of a line. Leaves {@link #at} behind it. */
    private void other(byte[] bytes, int kind, int length, long number, int end)
            throws IOException, MalformedContainerException {
        if (kind < 0 || kind >= TAGS.length) {
            throw malformed(
                    "expected a record of steps of kind 0 to " + (TAGS.length - 1) + ", found kind " + (kind & 0xFF));
        }
        StepTag what = TAGS[kind];
        if (step >= merger.attention()) {
            merger.before(step);
        }
        at = end;
        switch (what) {
            case RAISE -> {
                Cursor text = new Cursor(bytes, end, length, chunks.position(), true);
                text.skipBytes();
                at = text.at();
                merger.raise();
            }
            case CATCH -> merger.handled();
            case THREAD_SWITCH, THREAD_START, THREAD_EXIT -> merger.thread(what, number);
            case DELTA_COLUMN -> address += number >>> 1 ^ -(number & 1);
            case SOURCE_RELOAD -> {
                Cursor fields = new Cursor(bytes, end, length, chunks.position(), true);
                for (int n = fields.count(3); n > 0; n--) {
                    fields.varint();
                    fields.varint();
                    fields.varint();
                }
                fields.varint();
                at = fields.at();
            }
            default -> throw new IllegalStateException(what.label());
        }
        counts[kind]++;
        if (step >= merger.nextExit()) {
            merger.after(step);
        }
    }

    long count(StepTag tag) {
        return counts[tag.ordinal()];
    }

    /** Records that were read. */
    long records() {
        return read;
    }

    long chunks() {
        return chunks.chunks();
    }

    long storedBytes() {
        return storedBytes;
    }

    long rawBytes() {
        return rawBytes;
    }
}
