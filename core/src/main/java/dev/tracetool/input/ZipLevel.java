package dev.tracetool.input;

import dev.tracetool.trace.TraceException;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.util.Enumeration;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.apache.commons.compress.archivers.zip.ZipMethod;
import org.jspecify.annotations.Nullable;

/** A zip file: its directory says what is in it, and each entry can be read as often as wished. */
final class ZipLevel implements Level, Siblings {
    private final TraceInput archive;
    private final Budget budget;
    private final Skipped skipped;
    private final Selection selection;
    private final ZipFile zip;
    private final Enumeration<ZipArchiveEntry> entries;
    private final EntryLabels labels = new EntryLabels();
    private @Nullable ZipInput current;

    ZipLevel(TraceInput archive, Budget budget, Skipped skipped, Selection selection) throws IOException {
        this.archive = archive;
        this.budget = budget;
        this.skipped = skipped;
        this.selection = selection;
        this.zip = open(archive, budget);
        this.entries = zip.getEntriesInPhysicalOrder();
    }

    private static ZipFile open(TraceInput archive, Budget budget) throws IOException {
        SeekableByteChannel channel = archive.channel();
        long at = archive.size();
        try {
            at = ZipDirectory.check(channel, budget);
            return ZipFile.builder()
                    .setSeekableByteChannel(channel)
                    .setIgnoreLocalFileHeader(true)
                    .get();
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw ArchiveErrors.told(
                    archive.name(),
                    at,
                    ArchiveErrors.ARCHIVE,
                    e,
                    "expected a directory of the entries, found " + (at == archive.size() ? "the end" : "damage"));
        }
    }

    @Override
    public @Nullable TraceInput next() throws IOException {
        release();
        while (entries.hasMoreElements()) {
            ZipArchiveEntry entry = entries.nextElement();
            budget.entry();
            if (entry.isDirectory()) {
                continue;
            }
            String name = archive.name() + "!" + labels.next(entry.getName());
            if (entry.isUnixSymlink() || !selection.leadsInto(name)) {
                continue;
            }
            if (zip.canReadEntryData(entry)) {
                current = new ZipInput(name, entry, zip, archive, budget, this);
                return current;
            }
            skipped.unread(name, new TraceException(name, TraceException.NO_POSITION, reason(entry)));
        }
        return null;
    }

    private static String reason(ZipArchiveEntry entry) {
        if (entry.getGeneralPurposeBit().usesEncryption()) {
            return "is encrypted";
        }
        ZipMethod method = ZipMethod.getMethodByCode(entry.getMethod());
        String called = method == null || method == ZipMethod.UNKNOWN ? "" : " (" + method.name() + ")";
        return "is packed by method " + entry.getMethod() + called + ", which is not known here";
    }

    /** The first of them, if there are several. */
    @Override
    public @Nullable TraceInput find(String name) {
        ZipArchiveEntry plain = zip.getEntry(name);
        ZipArchiveEntry entry = plain == null ? zip.getEntry("./" + name) : plain;
        return entry == null || entry.isDirectory() || entry.isUnixSymlink() || !zip.canReadEntryData(entry)
                ? null
                : new ZipInput(archive.name() + "!" + EntryName.of(name), entry, zip, archive, budget, this);
    }

    private void release() throws IOException {
        if (current != null) {
            current.close();
            current = null;
        }
    }

    @Override
    public void close() throws IOException {
        try (zip) {
            release();
        }
    }
}
