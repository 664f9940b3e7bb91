package dev.tracetool.format.codetracer.capnp;

import dev.tracetool.format.codetracer.BinaryHeader;
import dev.tracetool.format.codetracer.MalformedRecordException;
import dev.tracetool.format.codetracer.RecordReader;
import dev.tracetool.format.codetracer.RecordSink;
import dev.tracetool.format.codetracer.RecordTokens;
import dev.tracetool.input.TraceInput;
import dev.tracetool.trace.TraceException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/**
 * Reads a {@code trace.bin} version 0: after the header, one packed message. It is all or nothing: of a file that was cut
 * off, nothing can be read, because what the message begins with can stand at its end.
 *
 * <p>Up to {@value #MAX_HEAP_WORDS} words are unpacked in memory, more into a temporary file.
 */
final class CapnpTraceReader implements RecordReader {
    /** 64 MiB. */
    static final int MAX_HEAP_WORDS = 8 << 20;

    private final Words words;
    private final EventList events;
    private final boolean isMore;
    private final long size;

    private CapnpTraceReader(Words words, EventList events, boolean isMore, long size) {
        this.words = words;
        this.events = events;
        this.isMore = isMore;
        this.size = size;
    }

    static CapnpTraceReader open(TraceInput input) throws IOException {
        return open(input, MAX_HEAP_WORDS);
    }

    /** @param maxHeapWords of larger messages the words are in a temporary file */
    static CapnpTraceReader open(TraceInput input, int maxHeapWords) throws IOException {
        long size = input.size();
        Words words = null;
        try (InputStream in = input.stream()) {
            in.skipNBytes(BinaryHeader.SIZE);
            PackedInput packed = new PackedInput(in);
            long[] starts = SegmentTable.read(packed, input.name(), BinaryHeader.SIZE, size - BinaryHeader.SIZE);
            long count = starts[starts.length - 1];
            words = count <= maxHeapWords ? HeapWords.unpack(packed, (int) count) : FileWords.unpack(packed, count);
            EventList events = EventList.of(new Message(words, starts), input.name());
            return new CapnpTraceReader(words, events, !packed.atEnd(), size);
        } catch (EOFException e) {
            throw new TraceException(
                    input.name(),
                    size,
                    "expected the rest of a Cap'n Proto message, found the end: a version 0 trace that was cut off cannot be"
                            + " read, not even in part");
        } catch (IOException | RuntimeException e) {
            if (words != null) {
                words.close();
            }
            throw e;
        }
    }

    /** All of the message is one packed piece. */
    @Override
    public long position() {
        return BinaryHeader.SIZE;
    }

    @Override
    public boolean read(RecordSink sink) throws IOException, MalformedRecordException {
        events.read(sink);
        return end();
    }

    @Override
    public boolean copy(RecordTokens to, boolean bounded) throws IOException, MalformedRecordException {
        events.copy(to, bounded);
        return end();
    }

    private boolean end() throws MalformedRecordException {
        if (isMore) {
            throw new MalformedRecordException(size, "expected the end of the file after the message, found more");
        }
        return true;
    }

    @Override
    public void close() throws IOException {
        words.close();
    }
}
