package dev.tracetool.input;

import dev.tracetool.trace.TraceException;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.jspecify.annotations.Nullable;

/**
 * A tar file, compressed or not. It is gone through once; what is in one that is not compressed can be read where it
 * lies, else a file that is wanted is spooled.
 */
final class TarLevel implements Level {
    /** Of the records that belong to the head of an entry, such as a long name, which the library keeps in memory. */
    private static final long MAX_HEAD = 1 << 20;

    private static final int RECORD = 512;

    private final TraceInput archive;
    private final boolean packed;
    private final MeteredStream in;
    private final PositionStream file;
    private TarArchiveInputStream tar;
    private final Budget budget;
    private final Skipped skipped;
    private final Siblings siblings;
    private @Nullable TraceInput current;
    private boolean started;
    private final EntryLabels labels = new EntryLabels();

    /**
     * @param packed whether the archive is compressed
     * @param in what is in it, at its beginning; closed with this
     * @param file the archive itself beneath that
     */
    TarLevel(
            TraceInput archive,
            boolean packed,
            InputStream in,
            PositionStream file,
            Budget budget,
            Skipped skipped,
            Siblings siblings) {
        this.archive = archive;
        this.file = file;
        this.packed = packed;
        this.in = new MeteredStream(in, new Meter(packed ? budget : null));
        this.tar = new TarArchiveInputStream(this.in);
        this.budget = budget;
        this.skipped = skipped;
        this.siblings = siblings;
    }

    @Override
    public @Nullable TraceInput next() throws IOException {
        release();
        for (TarArchiveEntry entry = advance(); entry != null; entry = advance()) {
            if (isFile(entry)) {
                current = input(entry);
                return current;
            }
        }
        return null;
    }

    private @Nullable TarArchiveEntry advance() throws IOException {
        try {
            if (started) {
                finish();
            }
            started = true;
            long boundary = (in.position() + RECORD - 1) / RECORD * RECORD;
            TarArchiveEntry entry = head();
            if (entry == null) {
                // The end is a record of zeros.
                if (in.position() < boundary + RECORD) {
                    skipped.unread(archive.name(), cutOff());
                }
                return null;
            }
            budget.entry();
            return entry;
        } catch (IOException | RuntimeException e) {
            throw ArchiveErrors.told(
                    archive.name(),
                    file.position(),
                    ArchiveErrors.ARCHIVE,
                    e,
                    "expected the head of an entry, found something else");
        }
    }

    /** The head of the next entry that the library can read. */
    private @Nullable TarArchiveEntry head() throws IOException {
        while (true) {
            in.allow(MAX_HEAD);
            try {
                return tar.getNextEntry();
            } catch (IOException e) {
                if (!isLargeSparse(e)) {
                    throw e;
                }
                skipped.unread(
                        archive.name(),
                        new TraceException(
                                archive.name(),
                                file.position(),
                                "has a sparse file of more than 2 GiB, which is not read"));
            } finally {
                in.allow(Long.MAX_VALUE);
            }
            budget.entry();
            passUnread();
        }
    }

    /** Goes on with a new reader behind the entry whose head was read in vain, of which the old one knows no size. */
    private void passUnread() throws IOException {
        TarArchiveEntry entry = tar.getCurrentEntry();
        long stored = entry == null ? 0 : Math.max(0, entry.getSize());
        long left = (stored + RECORD - 1) / RECORD * RECORD;
        if (left < stored) {
            throw new EOFException();
        }
        byte[] part = new byte[1 << 13];
        while (left > 0) {
            int got = in.read(part, 0, (int) Math.min(part.length, left));
            if (got < 0) {
                throw new EOFException();
            }
            left -= got;
        }
        tar = new TarArchiveInputStream(in);
    }

    /** The library takes the size of a sparse file, in a head of POSIX, for an int. */
    private static boolean isLargeSparse(IOException e) {
        String message = String.valueOf(e.getMessage());
        return message.matches("Unable to parse int from string value: [0-9]{10,19}");
    }

    /** Passes over what is left of an entry, which is no part of the next one's head. */
    private void finish() throws IOException {
        TarArchiveEntry entry = tar.getCurrentEntry();
        if (entry != null) {
            while (tar.skip(Long.MAX_VALUE) > 0) {
                continue;
            }
        }
    }

    /** The library takes a cut between two entries, or in the head of one, for the end. */
    private TraceException cutOff() {
        return new TraceException(
                archive.name(),
                file.position(),
                "expected a record of zeros, which marks the end, found the end: what came after may be cut off");
    }

    private static boolean isFile(TarArchiveEntry entry) {
        return entry.isFile()
                && !entry.isDirectory()
                && !entry.isLink()
                && !entry.isSymbolicLink()
                && !entry.isCharacterDevice()
                && !entry.isBlockDevice()
                && !entry.isFIFO();
    }

    private TraceInput input(TarArchiveEntry entry) throws IOException {
        String label = labels.next(entry.getName());
        String name = archive.name() + "!" + label;
        if (!packed && !entry.isSparse()) {
            long at = in.position();
            if (entry.getSize() > archive.size() - at) {
                throw new TraceException(
                        name,
                        archive.size() - at,
                        ArchiveErrors.ENTRY + "expected " + entry.getSize() + " bytes, found the end of the archive");
            }
            return new RegionInput(name, label, archive, at, entry.getSize(), siblings);
        }
        return new StreamedInput(
                name, new EntryStream(name, tar), budget.limits(), fileName -> siblings.beside(label, fileName));
    }

    private void release() throws IOException {
        if (current instanceof Closeable open) {
            open.close();
        }
        current = null;
    }

    @Override
    public void close() throws IOException {
        try {
            release();
        } finally {
            tar.close();
        }
    }
}
