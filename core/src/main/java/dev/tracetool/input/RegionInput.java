package dev.tracetool.input;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import org.jspecify.annotations.Nullable;

/** An entry that lies in its archive as it is: a part of another input. */
record RegionInput(String name, String entry, TraceInput archive, long offset, long size, Siblings siblings)
        implements TraceInput {
    @Override
    public InputStream stream() throws IOException {
        return Channels.newInputStream(channel());
    }

    @Override
    public SeekableByteChannel channel() throws IOException {
        return ReadOnlyChannel.part(archive.channel(), offset, size);
    }

    @Override
    public InputLimits limits() {
        return archive.limits();
    }

    @Override
    public @Nullable TraceInput beside(String fileName) throws IOException {
        return siblings.beside(entry, fileName);
    }
}
