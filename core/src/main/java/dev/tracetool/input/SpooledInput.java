package dev.tracetool.input;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import org.jspecify.annotations.Nullable;

/** What came through a pipe, such as standard input. It is nowhere else, and gone when closed. */
public final class SpooledInput implements TraceInput, Closeable {
    private final String name;
    private final Spool spool;
    private final InputLimits limits;

    SpooledInput(String name, Spool spool, InputLimits limits) {
        this.name = name;
        this.spool = spool;
        this.limits = limits;
    }

    /**
     * Reads a stream to its end; but if it is neither a trace nor an archive, only its head, which is enough to say what
     * it is: a device may have no end. The stream stays open.
     *
     * @throws LimitException if it has more bytes than may be kept
     */
    public static SpooledInput of(String name, InputStream in, InputRules rules) throws IOException {
        byte[] head = in.readNBytes(rules.headBytes());
        boolean known = rules.isTrace(head) || Packing.of(head) != Packing.NONE;
        InputLimits limits = rules.limits();
        return new SpooledInput(name, known ? Spool.of(name, head, in, limits.spool()) : Spool.of(head), limits);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public long size() {
        return spool.size();
    }

    @Override
    public InputStream stream() {
        return Channels.newInputStream(spool.channel());
    }

    @Override
    public SeekableByteChannel channel() {
        return spool.channel();
    }

    @Override
    public InputLimits limits() {
        return limits;
    }

    @Override
    public @Nullable TraceInput beside(String fileName) {
        return null;
    }

    @Override
    public void close() throws IOException {
        spool.close();
    }
}
