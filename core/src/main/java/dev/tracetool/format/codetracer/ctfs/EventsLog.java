package dev.tracetool.format.codetracer.ctfs;

import com.github.luben.zstd.ZstdIOException;
import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import dev.tracetool.format.codetracer.MalformedRecordException;
import dev.tracetool.format.codetracer.RecordReader;
import dev.tracetool.format.codetracer.RecordSink;
import dev.tracetool.format.codetracer.RecordTokens;
import dev.tracetool.format.codetracer.cbor.CborRecords;
import dev.tracetool.input.InputBytes;
import dev.tracetool.input.UnpackedBytes;
import dev.tracetool.trace.Damage;
import dev.tracetool.trace.TraceException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The one stream of older containers, {@code events.log}. How its records are written stands in {@code events.fmt}; how
 * they are framed does not, and shows at its start.
 */
final class EventsLog implements RecordReader {
    static final String NAME = "events.log";

    private static final String FORMAT_NAME = "events.fmt";
    private static final String SPLIT_BINARY = "split-binary";
    private static final String CBOR = "cbor";

    /** The header of a {@code trace.bin} of version 1, which some writers put first. */
    private static final byte[] PREFIX = {(byte) 0xC0, (byte) 0xDE, 0x72, (byte) 0xAC, (byte) 0xE2, 1, 0, 0};

    private static final int FRAME = 0xFD2FB528;

    /** Larger windows of a frame than 2 to the power of this would take as much memory. */
    private static final int WINDOW_LOG = 26;

    /** How the records lie in the file. */
    enum Framing {
        CHUNKS,
        CHUNKS_AFTER_PREFIX,
        ZSTD_AFTER_PREFIX,
        ZSTD,
        NONE;

        /** That of a file that begins so. */
        static Framing of(byte[] head) {
            boolean prefixed =
                    head.length >= PREFIX.length && Arrays.equals(head, 0, PREFIX.length, PREFIX, 0, PREFIX.length);
            int from = prefixed ? PREFIX.length : 0;
            if (isFrame(head, from)) {
                return prefixed ? ZSTD_AFTER_PREFIX : ZSTD;
            }
            if (prefixed) {
                return CHUNKS_AFTER_PREFIX;
            }
            return isFrame(head, ChunkInput.HEADER) ? CHUNKS : NONE;
        }

        private static boolean isFrame(byte[] head, int at) {
            return head.length >= at + 4 && LittleEndian.i32(head, at) == FRAME;
        }
    }

    /** Either of both decoders. */
    private interface Records {
        boolean next(RecordSink sink) throws IOException, MalformedRecordException;

        boolean copy(RecordTokens to, LongSupplier place) throws IOException, MalformedRecordException;

        long position();
    }

    private final InternalFile file;
    private final UnpackedBytes unpacked;
    private final Framing framing;
    private final String format;
    private final InputStream content;
    private final Records records;
    private final Damage damage;

    /** The chunk that records are read of, and how many were. */
    private ChunkInput.@Nullable Chunk chunk;

    private long recordsOfChunk;

    /** @param damage to which is added what headers of chunks say wrongly */
    EventsLog(InputBytes container, Directory directory, InternalFile file, Damage damage) throws IOException {
        this.file = file;
        this.damage = damage;
        try {
            framing = framing(file);
            format = format(directory);
        } catch (MalformedContainerException e) {
            throw new TraceException(container.name(), e.at(), e.textIn(file.name()));
        }
        if (!format.equals(SPLIT_BINARY) && !format.equals(CBOR)) {
            InternalFile said = directory.file(FORMAT_NAME);
            throw new TraceException(
                    container.name(),
                    said == null ? file.entryAt() : said.place(0),
                    "expected records as " + SPLIT_BINARY + " or " + CBOR + ", found " + format);
        }
        unpacked = container.unpacked();
        content = content();
        records = format.equals(SPLIT_BINARY) ? split(content) : cbor(content);
    }

    private static Records split(InputStream content) {
        SplitBinaryRecords split = new SplitBinaryRecords(content);
        return new Records() {
            @Override
            public boolean next(RecordSink sink) throws IOException, MalformedRecordException {
                return split.next(sink);
            }

            @Override
            public boolean copy(RecordTokens to, LongSupplier place) throws IOException, MalformedRecordException {
                return split.copy(to, place);
            }

            @Override
            public long position() {
                return split.start();
            }
        };
    }

    private static Records cbor(InputStream content) {
        CborRecords cbor = new CborRecords(content);
        return new Records() {
            @Override
            public boolean next(RecordSink sink) throws IOException, MalformedRecordException {
                return cbor.next(sink);
            }

            @Override
            public boolean copy(RecordTokens to, LongSupplier place) throws IOException, MalformedRecordException {
                return cbor.copy(to, place);
            }

            @Override
            public long position() {
                return cbor.position();
            }
        };
    }

    /** How the records of a file lie in it, as its start shows. */
    static Framing framing(InternalFile file) throws IOException, MalformedContainerException {
        byte[] head = new byte[(int) Math.min(file.size(), PREFIX.length + ChunkInput.HEADER)];
        file.read(0, head, 0, head.length);
        return Framing.of(head);
    }

    /** How a container says that the records are written, in one line of hostile text. */
    static String format(Directory directory) throws IOException, MalformedContainerException {
        InternalFile file = directory.file(FORMAT_NAME);
        if (file == null) {
            return CBOR;
        }
        String text = new String(file.readAll(256), StandardCharsets.UTF_8).strip();
        return text.lines().findFirst().orElse("nothing");
    }

    private InputStream content() throws IOException {
        return switch (framing) {
            case CHUNKS -> new ChunkInput(file, 0, unpacked);
            case CHUNKS_AFTER_PREFIX -> new ChunkInput(file, PREFIX.length, unpacked);
            case ZSTD -> zstd(0);
            case ZSTD_AFTER_PREFIX -> zstd(PREFIX.length);
            case NONE -> new InternalFileInput(file, 0);
        };
    }

    private InputStream zstd(int from) throws IOException {
        return unpacked.counted(
                new ZstdInputStreamNoFinalizer(new InternalFileInput(file, from)).setLongMax(WINDOW_LOG));
    }

    Framing framing() {
        return framing;
    }

    /** How records are written. */
    String format() {
        return format;
    }

    @Override
    public long position() {
        try {
            if (content instanceof ChunkInput chunk) {
                return chunk.position();
            }
            return file.place(framing == Framing.NONE ? records.position() : 0);
        } catch (IOException e) {
            return file.entryAt();
        }
    }

    private interface Next {
        boolean pass() throws IOException, MalformedRecordException;
    }

    @Override
    public boolean read(RecordSink sink) throws IOException, MalformedRecordException {
        return all(() -> records.next(sink));
    }

    @Override
    public boolean copy(RecordTokens to, boolean bounded) throws IOException, MalformedRecordException {
        return all(() -> records.copy(to, this::position));
    }

    private boolean all(Next next) throws IOException, MalformedRecordException {
        try {
            while (next.pass()) {
                if (content instanceof ChunkInput chunks) {
                    count(chunks);
                }
            }
            endChunk();
            return true;
        } catch (MalformedRecordException e) {
            long at = framing == Framing.NONE ? file.place(e.at()) : position();
            throw new MalformedRecordException(at, e.text());
        } catch (DamagedInputException e) {
            throw new MalformedRecordException(e.found().at(), e.found().textIn(file.name()));
        } catch (ZstdIOException e) {
            throw new MalformedRecordException(position(), "expected zstd frames, found damage: " + e.getMessage());
        }
    }

    /** One more record: in the chunk in which it begins. */
    private void count(ChunkInput chunks) {
        long at = records.position();
        if (chunk == null || at >= chunk.end()) {
            endChunk();
            chunk = chunks.holding(at);
            recordsOfChunk = 0;
        }
        recordsOfChunk++;
    }

    private void endChunk() {
        if (chunk != null && recordsOfChunk != chunk.records()) {
            String message = "expected " + chunk.records() + " records in a chunk, as its header says, found ";
            damage.add(chunk.position(), message + recordsOfChunk, 0, 0, 0);
        }
    }

    @Override
    public void close() throws IOException {
        content.close();
    }
}
