package dev.tracetool.input;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import org.jspecify.annotations.Nullable;

/**
 * A file that comes out of a stream but once, as do those of a compressed tar. Its head can be looked at; whoever wants
 * more has it spooled.
 */
final class StreamedInput implements TraceInput, Closeable {
    /** Finds the files beside it. */
    interface Beside {
        @Nullable
        TraceInput find(String fileName) throws IOException;
    }

    private final String name;
    private final InputStream live;
    private final InputLimits limits;
    private final Beside beside;
    private byte[] head = {};
    private @Nullable Spool spool;
    private boolean closed;

    /** @param live at its first byte; it stays open */
    StreamedInput(String name, InputStream live, InputLimits limits, Beside beside) {
        this.name = name;
        this.live = live;
        this.limits = limits;
        this.beside = beside;
    }

    @Override
    public String name() {
        return name;
    }

    /** The first bytes, without having the others spooled; to be called once, before anything else. */
    byte[] head(int length) throws IOException {
        head = live.readNBytes(length);
        return head;
    }

    private Spool spool() throws IOException {
        if (closed) {
            throw new IllegalStateException("the cursor has gone on from " + name);
        }
        Spool known = spool;
        if (known == null) {
            known = Spool.of(name, head, live, limits.spool());
            spool = known;
        }
        return known;
    }

    @Override
    public long size() throws IOException {
        return spool().size();
    }

    @Override
    public InputStream stream() throws IOException {
        return Channels.newInputStream(channel());
    }

    @Override
    public SeekableByteChannel channel() throws IOException {
        return spool().channel();
    }

    @Override
    public InputLimits limits() {
        return limits;
    }

    @Override
    public @Nullable TraceInput beside(String fileName) throws IOException {
        return beside.find(fileName);
    }

    @Override
    public void close() throws IOException {
        closed = true;
        if (spool != null) {
            spool.close();
        }
    }
}
