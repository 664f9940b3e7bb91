package dev.tracetool.format.codetracer.cbor;

import dev.tracetool.format.codetracer.BinaryHeader;
import dev.tracetool.format.codetracer.MalformedRecordException;
import dev.tracetool.format.codetracer.RecordReader;
import dev.tracetool.format.codetracer.RecordSink;
import dev.tracetool.format.codetracer.RecordTokens;
import dev.tracetool.input.TraceInput;
import dev.tracetool.input.UnpackedBytes;
import java.io.IOException;
import java.io.InputStream;

/** Reads a {@code trace.bin} version 1: after the header, zstd frames, whose contents together are CBOR items. */
final class CborTraceReader implements RecordReader {
    private final ZstdFrames frames;
    private final CborRecords records;

    private CborTraceReader(ZstdFrames frames) {
        this.frames = frames;
        this.records = new CborRecords(frames);
    }

    static CborTraceReader open(TraceInput input) throws IOException {
        InputStream in = input.stream();
        try {
            long skipped = in.readNBytes(BinaryHeader.SIZE).length;
            return new CborTraceReader(new ZstdFrames(in, skipped, new UnpackedBytes(input)));
        } catch (IOException | RuntimeException e) {
            in.close();
            throw e;
        }
    }

    @Override
    public long position() {
        return frames.fileOf(records.position());
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
                frames.fileOf(records.position()); // what is before it can be forgotten
            }
        } catch (DamagedFrameException e) {
            throw new MalformedRecordException(e.at(), String.valueOf(e.getMessage()));
        } catch (MalformedRecordException e) {
            String where = " (byte " + e.at() + " of what the file unpacks to)";
            throw new MalformedRecordException(position(), e.text() + where);
        }
        return frames.isClosed();
    }

    @Override
    public void close() throws IOException {
        frames.close();
    }
}
