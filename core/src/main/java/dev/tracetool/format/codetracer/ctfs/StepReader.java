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
 * <p>Addresses are decoded many at a time, then looked up as long as they are in one file; of these, the lines of one call
 * are handed on together. What is done for a single step is done where calls begin and end.
 */
final class StepReader {
    static final String DATA = "steps.dat";
    static final String INDEX = "steps.idx";

    private static final int MAX_RAW = 1 << 24;
    private static final StepTag[] TAGS = StepTag.values();
    private static final int ABSOLUTE = StepTag.ABSOLUTE.ordinal();
    private static final int DELTA = StepTag.DELTA.ordinal();

    private final ChunkedStream chunks;
    private final Locations locations;
    private final StepMerger merger;
    private final Damage damage;
    private final long[] counts = new long[TAGS.length];
    private final StepAddresses decoder = new StepAddresses();
    private final Places places = new Places(StepAddresses.ROOM);

    // Of the chunk that is being read.
    private int at;
    private long step;
    private long address;

    private long addressed;
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
        boolean isLastLost = false;
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
                isLastLost = last;
                read += step - first;
                damage.add(
                        e.at(),
                        e.textIn(DATA),
                        chunks.storedBytes(),
                        1,
                        last ? 0 : Math.min(next - step, Integer.MAX_VALUE));
                merger.lost(next);
            }
        }
        merger.finish(isLastLost ? StepMerger.UNKNOWN : step);
    }

    private MalformedContainerException malformed(String message) {
        return new MalformedContainerException(chunks.position(), message);
    }

    /** Reads the records of a chunk up to a step. */
    private void steps(byte[] bytes, int length, long next) throws IOException, MalformedContainerException {
        boolean placed = false;
        at = 0;
        address = 0;
        while (at < length) {
            int kind = bytes[at];
            if (kind != DELTA && kind != ABSOLUTE) {
                Cursor record = new Cursor(bytes, at + 1, length, chunks.position(), true);
                long number = record.varint();
                expectRoom(next);
                other(kind, number, record);
                at = record.at();
                step++;
                continue;
            }
            int most = (int) Math.min(StepAddresses.ROOM, next - step);
            int count = decoder.decode(bytes, at, length, most, address);
            if (count == 0) {
                new Cursor(bytes, at + 1, length, chunks.position(), true).varint(); // what is wrong with it
                expectRoom(next);
            }
            if (!placed && kind == DELTA) {
                throw malformed("expected an absolute address first in a chunk of steps, found a change of it");
            }
            placed = true;
            at = decoder.end();
            address = decoder.address();
            addressed += count;
            locations.find(decoder.addresses(), count, places);
            addresses(decoder.addresses(), count);
        }
    }

    private void expectRoom(long next) throws MalformedContainerException {
        if (step == next) {
            throw malformed("expected no more records in a chunk of steps, found some");
        }
    }

    /** So many steps, each with its address. */
    private void addresses(long[] found, int count) throws IOException {
        BlockBuilder events = merger.events();
        int[] lines = places.lines();
        int i = 0;
        for (int stretch = 0; i < count; stretch++) {
            int file = places.file(stretch);
            int end = places.endOf(stretch);
            if (file == CodeTable.UNKNOWN_FILE) {
                lose(found[i]);
                i++;
                step++;
                continue;
            }
            while (i < end) {
                // Until then there is nothing to do beside telling lines of one code object.
                long last = Math.min(merger.attention() - 1, merger.nextExit());
                int run = 1;
                if (file == merger.topFile() && last >= step) {
                    run = (int) Math.min(end - i, last - step + 1);
                    events.lines(merger.topCode(), lines, i, run);
                } else {
                    withCalls(found[i], file, lines[i], events);
                }
                i += run;
                step += run;
                if (merger.nextExit() < step) {
                    merger.after(step - 1);
                }
            }
        }
    }

    /** A step with which a call can begin, or which is in another file than the call that it is in. */
    private void withCalls(long here, int file, int line, BlockBuilder events) throws IOException {
        boolean isLine = step < merger.attention() || merger.before(step, file, here);
        int code = file == merger.topFile() ? merger.topCode() : merger.enter(step, file, line, here);
        if (code >= 0 && isLine) {
            events.line(code, line);
        }
    }

    /** The address of no line. */
    private void lose(long found) throws IOException {
        damage.add(
                chunks.position(),
                "expected the address of a line in step " + step + ", found " + Long.toUnsignedString(found),
                0,
                0,
                1);
        if (step >= merger.attention()) {
            merger.before(step);
        }
        if (step >= merger.nextExit()) {
            merger.after(step);
        }
    }

    /**
     * A record that is no step of a line.
     *
     * @param number that comes first in it
     * @param rest what is behind that
     */
    private void other(int kind, long number, Cursor rest) throws IOException, MalformedContainerException {
        if (kind < 0 || kind >= TAGS.length) {
            throw malformed(
                    "expected a record of steps of kind 0 to " + (TAGS.length - 1) + ", found kind " + (kind & 0xFF));
        }
        StepTag what = TAGS[kind];
        if (step >= merger.attention()) {
            merger.before(step);
        }
        switch (what) {
            case RAISE -> {
                int text = rest.skipBytes();
                merger.raise(chunks.position(), chunks.bytes(), rest.at() - text, text);
            }
            case CATCH -> merger.handled();
            case THREAD_SWITCH, THREAD_START, THREAD_EXIT -> merger.thread(what, number, chunks.position());
            case DELTA_COLUMN -> address += number >>> 1 ^ -(number & 1);
            case SOURCE_RELOAD -> {
                for (int n = rest.count(3); n > 0; n--) {
                    rest.varint();
                    rest.varint();
                    rest.varint();
                }
                rest.varint();
            }
            default -> throw new IllegalStateException(what.label());
        }
        counts[kind]++;
        if (step >= merger.nextExit()) {
            merger.after(step);
        }
    }

    long count(StepTag tag) {
        return switch (tag) {
            case ABSOLUTE -> addressed - decoder.deltas();
            case DELTA -> decoder.deltas();
            default -> counts[tag.ordinal()];
        };
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
