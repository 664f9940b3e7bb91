package dev.tracetool.format.nativetrace;

import dev.tracetool.code.CodeObjectRegistry;
import dev.tracetool.code.CodeObjectWrapper;
import dev.tracetool.input.InputBytes;
import dev.tracetool.trace.Damage;
import dev.tracetool.trace.EventBlock;
import dev.tracetool.trace.KindTable;
import dev.tracetool.trace.ReadResult;
import dev.tracetool.trace.TraceException;
import dev.tracetool.trace.TraceMetadata;
import dev.tracetool.trace.TraceSummary;
import dev.tracetool.trace.TraceThread;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * What is in a file, without decoding its events. With a sound index only the blocks are read that it says hold code
 * objects, threads and failures. Without, all frames are read and their checksums tested, and events are counted from the
 * heads of their blocks.
 */
final class SummaryReader {
    /** Files up to this size are read whole, index or not: that takes a hundredth of a second. */
    private static final long VERIFIED_BYTES = 1 << 23;

    private final InputBytes source;
    private final FrameReader look;
    private final TraceMetadata metadata;
    private final Damage damage = new Damage();
    private final CodeObjectRegistry registry;
    private final CodeTable table;
    private final List<CodeObjectWrapper> codes = new ArrayList<>();
    private final Map<Integer, TraceThread> threads = new TreeMap<>();
    private final Map<Integer, Long> threadEvents = new TreeMap<>();
    private final TreeSet<String> codecs = new TreeSet<>();
    private final List<String> failures = new ArrayList<>();
    private final long[] byKind;
    private long eventBlocks;
    private int sources;
    private int sourceTexts;
    private long rawBytes;
    private long storedBytes;
    private long endTime = EventBlock.NO_TIME;
    private boolean complete;
    private boolean indexed;

    SummaryReader(InputBytes source, TraceMetadata metadata, CodeObjectRegistry registry) {
        this.source = source;
        this.look = FrameReader.look(source);
        this.metadata = metadata;
        this.registry = registry;
        this.table = new CodeTable(source.name(), metadata.lineTableFormat(), registry);
        this.byKind = new long[metadata.kinds().size()];
    }

    TraceSummary read() throws IOException {
        try (Unpacker unpacker = new Unpacker()) {
            indexed = readByIndex(unpacker);
            if (!indexed) {
                scan(unpacker);
            }
        }
        Map<String, Long> kinds = new LinkedHashMap<>();
        List<KindTable.Kind> names = metadata.kinds().kinds();
        for (int k = 0; k < byKind.length; k++) {
            kinds.put(names.get(k).name(), byKind[k]);
        }
        List<TraceSummary.ThreadEvents> perThread = new ArrayList<>();
        for (Map.Entry<Integer, Long> e : threadEvents.entrySet()) {
            threads.computeIfAbsent(e.getKey(), n -> new TraceThread(n, 0, EventBlock.NO_TIME, ""));
        }
        for (TraceThread thread : threads.values()) {
            perThread.add(new TraceSummary.ThreadEvents(thread, threadEvents.getOrDefault(thread.number(), 0L)));
        }
        return new TraceSummary(
                kinds,
                perThread,
                codes,
                eventBlocks,
                rawBytes,
                storedBytes,
                List.copyOf(codecs),
                sources,
                sourceTexts,
                metadata.clockStart(),
                endTime,
                indexed,
                failures,
                new ReadResult(complete, damage),
                List.of());
    }

    /** Whether there was a sound index. Nothing is kept of one that is not; the scan then tells what is wrong. */
    private boolean readByIndex(Unpacker unpacker) throws IOException {
        long endAt = source.size() - Layout.FRAME_OVERHEAD - Layout.END_PAYLOAD;
        Frame end = frameAt(endAt, Layout.END);
        byte @Nullable [] endPayload = end == null ? null : payload(end);
        if (endPayload == null || endPayload.length != Layout.END_PAYLOAD) {
            return false;
        }
        long indexAt = Layout.i64(endPayload, 16);
        Frame frame = frameAt(indexAt, Layout.INDEX);
        byte @Nullable [] payload = frame == null || frame.end() != endAt ? null : payload(frame);
        if (frame == null || payload == null) {
            return false;
        }
        try {
            IndexBlock index = IndexBlock.read(payload, metadata.kinds(), indexAt);
            if (index.events != Layout.i64(endPayload, 8)
                    || index.types.length != frame.sequence()
                    || !useBlocks(index, unpacker)
                    || source.size() <= VERIFIED_BYTES && !isSound(index)) {
                forget();
                return false;
            }
            System.arraycopy(index.eventsByKind, 0, byKind, 0, byKind.length);
            threadEvents.putAll(index.eventsByThread);
            rawBytes = index.rawBytes;
        } catch (MalformedBlockException e) {
            forget();
            return false;
        }
        endTime = Layout.i64(endPayload, 0);
        complete = true;
        return true;
    }

    private boolean useBlocks(IndexBlock index, Unpacker unpacker) throws IOException, MalformedBlockException {
        int firstEvents = -1;
        for (int i = 0; i < index.types.length; i++) {
            byte type = index.types[i];
            if (!Layout.isKnown(type) && Layout.isRequired(type)) {
                return false; // if it is there, the scan says so
            }
            if (type == Layout.EVENTS) {
                firstEvents = firstEvents < 0 ? i : firstEvents;
                long next = i + 1 < index.offsets.length ? index.offsets[i + 1] : index.offsets[i];
                storedBytes += next - index.offsets[i];
                eventBlocks++;
            } else if (type == Layout.SOURCE) {
                sources++;
                sourceTexts += index.counts[i] > 0 ? 1 : 0;
            } else if (type == Layout.CODES || type == Layout.THREAD || type == Layout.FAILURE) {
                Frame frame = frameAt(index.offsets[i], type);
                byte @Nullable [] payload = frame == null ? null : payload(frame);
                if (frame == null || payload == null) {
                    return false;
                }
                use(frame, payload, unpacker);
            }
        }
        if (firstEvents >= 0) {
            Frame frame = frameAt(index.offsets[firstEvents], Layout.EVENTS);
            byte @Nullable [] payload = frame == null ? null : payload(frame);
            if (payload == null) {
                return false;
            }
            countSections(payload, EventHeader.read(payload, metadata.kinds()), false);
        }
        return true;
    }

    /**
     * Whether all frames are where the index says, and their checksums and numbers of events right. What the index says
     * of a larger file is believed: then only a pass that reads the events finds what is wrong with them.
     */
    private boolean isSound(IndexBlock index) throws IOException, MalformedBlockException {
        Damage found = new Damage();
        FrameReader frames = FrameReader.walk(source, found::add);
        long[] kinds = new long[byKind.length];
        Map<Integer, Long> events = new TreeMap<>();
        for (int i = 0; i < index.types.length; i++) {
            Frame frame = frames.next();
            if (frame == null || frame.offset() != index.offsets[i] || frame.type() != index.types[i]) {
                return false;
            }
            byte[] payload = FrameReader.sound(frames.payload(frame));
            if (frame.type() == Layout.EVENTS) {
                EventHeader head = EventHeader.read(payload, metadata.kinds());
                countEvents(head, kinds, events);
                if (head.events != index.counts[i]) {
                    return false;
                }
            } else if (frame.type() == Layout.SOURCE && SourceBlock.hasText(payload) != (index.counts[i] > 0)) {
                return false;
            }
        }
        index.eventsByThread.forEach((thread, n) -> events.putIfAbsent(thread, 0L)); // an index may name idle threads
        return found.isEmpty() && Arrays.equals(kinds, index.eventsByKind) && index.eventsByThread.equals(events);
    }

    private static void countEvents(EventHeader head, long[] byKind, Map<Integer, Long> byThread) {
        for (int i = 0; i < head.kinds.length; i++) {
            byKind[head.kinds[i] - 1] += head.counts[i];
        }
        byThread.merge(head.thread, (long) head.events, Long::sum);
    }

    private void forget() {
        codes.clear();
        threads.clear();
        failures.clear();
        codecs.clear();
        eventBlocks = 0;
        storedBytes = 0;
        sources = 0;
        sourceTexts = 0;
    }

    private void scan(Unpacker unpacker) throws IOException {
        CodeTable fresh = new CodeTable(source.name(), metadata.lineTableFormat(), registry);
        FrameReader frames = FrameReader.walk(source, damage::add);
        frames.next(); // the metadata
        for (Frame frame = frames.next(); frame != null; frame = complete ? null : frames.next()) {
            if (!frame.isKnown(source.name())) {
                continue;
            }
            try {
                scanned(frame, FrameReader.sound(frames.payload(frame)), unpacker, fresh);
            } catch (MalformedBlockException e) {
                damage.add(
                        frame.payloadAt() + e.at(), String.valueOf(e.getMessage()), frame.end() - frame.offset(), 1, 0);
            }
        }
    }

    private void scanned(Frame frame, byte[] payload, Unpacker unpacker, CodeTable fresh)
            throws MalformedBlockException, TraceException {
        switch (frame.type()) {
            case Layout.EVENTS -> {
                EventHeader head = EventHeader.read(payload, metadata.kinds());
                countEvents(head, byKind, threadEvents);
                eventBlocks++;
                storedBytes += frame.end() - frame.offset();
                countSections(payload, head, true);
                if (head.times > 0 || head.lastTime != 0) { // a block without times may tell none at all
                    endTime = Math.max(endTime, head.lastTime);
                }
            }
            case Layout.CODES -> codes.addAll(fresh.read(frame.payloadAt(), payload, unpacker, damage.frames() > 0));
            case Layout.THREAD, Layout.FAILURE -> use(frame, payload, unpacker);
            case Layout.SOURCE -> {
                sourceTexts += SourceBlock.hasText(payload) ? 1 : 0;
                sources++;
            }
            case Layout.END -> {
                MalformedBlockException.check(payload.length >= 24, 0, "expected 24 bytes, found " + payload.length);
                endTime = Layout.i64(payload, 0);
                complete = true;
                long claimed = Layout.i64(payload, 8);
                long found = LongStream.of(byKind).sum();
                if (claimed >= found && !damage.isEmpty()) {
                    damage.setEvents(claimed - found);
                }
                if (source.size() != frame.end()) {
                    Pass.moreThanTheEnd(source, frame, damage);
                } else if (damage.isEmpty() && claimed != found) {
                    Pass.otherEvents(frame, claimed, found, damage);
                } else if (damage.isEmpty() && Layout.i64(payload, 16) != 0) {
                    damage.add(frame.payloadAt() + 16, "expected a sound index before the end, found none", 0, 0, 0);
                }
            }
            default -> {} // says nothing that a summary needs
        }
    }

    private void use(Frame frame, byte[] payload, Unpacker unpacker) throws MalformedBlockException, TraceException {
        switch (frame.type()) {
            case Layout.CODES -> codes.addAll(table.read(frame.payloadAt(), payload, unpacker, false));
            case Layout.THREAD -> {
                TraceThread thread = Payloads.thread(payload);
                threads.merge(thread.number(), thread, (a, b) -> b);
            }
            default -> failures.add(Payloads.failure(payload));
        }
    }

    /** The codecs of a block's two sections, and their raw bytes. */
    private void countSections(byte[] payload, EventHeader head, boolean countRaw) throws MalformedBlockException {
        int at = head.end;
        for (int section = 0; section < 2; section++) {
            MalformedBlockException.check(
                    payload.length - at >= Layout.SECTION_HEADER, at, "expected a packed section, found the end");
            long raw = Layout.u32(payload, at + 4);
            if (raw > 0) {
                codecs.add(codecName(payload[at]));
            }
            rawBytes += countRaw ? raw : 0;
            long next = at + Layout.SECTION_HEADER + Layout.u32(payload, at + 8);
            MalformedBlockException.check(next <= payload.length, at + 8, "expected a section that fits");
            at = (int) next;
        }
    }

    private static String codecName(byte codec) {
        return switch (codec) {
            case Layout.CODEC_STORED -> "stored";
            case Layout.CODEC_ZLIB -> "zlib";
            case Layout.CODEC_ZSTD -> "zstd";
            default -> "codec " + (codec & 0xFF);
        };
    }

    private @Nullable Frame frameAt(long offset, byte type) throws IOException {
        if (offset < Layout.FILE_HEADER || offset > source.size() - Layout.FRAME_OVERHEAD) {
            return null;
        }
        Frame frame = look.at(offset);
        return frame == null || frame.type() != type || frame.end() > source.size() ? null : frame;
    }

    private byte @Nullable [] payload(Frame frame) throws IOException {
        return look.payload(frame);
    }
}
