package dev.tracetool.input;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.SeekableByteChannel;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.apache.commons.compress.archivers.zip.ZipMethod;
import org.jspecify.annotations.Nullable;

/**
 * An entry of a zip file. A stream unpacks it anew; for any position, one that is stored as it is is read where it lies,
 * and another is spooled once. Sizes that the file tells are not trusted.
 */
final class ZipInput implements TraceInput, Closeable {
    private final String name;
    private final ZipArchiveEntry entry;
    private final ZipFile zip;
    private final TraceInput archive;
    private final InputLimits limits;
    private final Meter meter;
    private final Siblings siblings;
    private @Nullable Spool spool;

    ZipInput(String name, ZipArchiveEntry entry, ZipFile zip, TraceInput archive, Budget budget, Siblings siblings) {
        this.name = name;
        this.entry = entry;
        this.zip = zip;
        this.archive = archive;
        this.limits = budget.limits();
        this.meter = new Meter(budget);
        this.siblings = siblings;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public long size() throws IOException {
        try (SeekableByteChannel channel = channel()) {
            return channel.size();
        }
    }

    @Override
    public InputStream stream() throws IOException {
        try {
            InputStream unpacked = new MeteredStream(unpacked(), meter);
            return new EntryStream(name, new ChecksumStream(unpacked, entry.getSize(), entry.getCrc()));
        } catch (IOException | RuntimeException e) {
            throw notFound(e);
        }
    }

    private IOException notFound(Exception e) {
        return ArchiveErrors.told(
                name, 0, ArchiveErrors.ENTRY, e, "expected its head where the archive says, found something else");
    }

    /** For two methods with our own limit of memory. */
    private InputStream unpacked() throws IOException {
        ZipMethod method = ZipMethod.getMethodByCode(entry.getMethod());
        if (method == ZipMethod.XZ || method == ZipMethod.ZSTD) {
            Packing packing = method == ZipMethod.XZ ? Packing.XZ : Packing.ZSTD;
            return Unpacker.open(packing, new PositionStream(zip.getRawInputStream(entry)), limits);
        }
        return zip.getInputStream(entry);
    }

    @Override
    public SeekableByteChannel channel() throws IOException {
        long stored = storedAt();
        if (stored >= 0) {
            return ReadOnlyChannel.part(archive.channel(), stored, entry.getSize());
        }
        Spool known = spool;
        if (known == null) {
            try (InputStream in = stream()) {
                known = Spool.of(name, new byte[0], in, limits.spool());
            }
            spool = known;
        }
        return known.channel();
    }

    /** Where the entry lies as it is, -1 if it does not. */
    private long storedAt() throws IOException {
        long size = entry.getSize();
        if (entry.getMethod() != ZipArchiveEntry.STORED || size != entry.getCompressedSize()) {
            return -1;
        }
        try (InputStream raw = zip.getRawInputStream(entry)) {
            long at = entry.getDataOffset();
            return raw != null && at >= 0 && size >= 0 && size <= archive.size() - at ? at : -1;
        } catch (IOException | RuntimeException e) {
            throw notFound(e);
        }
    }

    @Override
    public InputLimits limits() {
        return limits;
    }

    @Override
    public @Nullable TraceInput beside(String fileName) throws IOException {
        return siblings.beside(EntryName.of(entry.getName()), fileName);
    }

    @Override
    public void close() throws IOException {
        if (spool != null) {
            spool.close();
            spool = null;
        }
    }
}
