package dev.tracetool.cli.command;

import com.github.luben.zstd.ZstdInputStream;
import dev.tracetool.format.TraceFormat;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.zip.ZipException;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;
import org.jspecify.annotations.Nullable;

/**
 * A zip or tar file, or anything compressed with gzip, bzip2 or zstd, recognised by its content. A trace in it is
 * unpacked to a temporary file, because it is read from several places; names in the archive are never used as paths.
 */
final class Archive {
    /** A file may unpack to so many times the archive, and {@link #FREE_BYTES} more: traces are compressed already. */
    private static final long MAX_RATIO = 100;

    private static final long FREE_BYTES = 256L << 20;
    private static final int TAR_MAGIC_AT = 257;

    private enum Kind {
        ZIP,
        TAR,
        GZIP,
        BZIP2,
        ZSTD,
        NONE
    }

    private final String name;
    private final InputFiles.Visitor visitor;
    private long left;
    private int count;

    private Archive(String name, Path path, InputFiles.Visitor visitor) throws IOException {
        this.name = name;
        this.visitor = visitor;
        this.left = FREE_BYTES + MAX_RATIO * Files.size(path);
    }

    static boolean isOne(Path path) throws IOException {
        try (InputStream in = Files.newInputStream(path)) {
            return kind(in.readNBytes(TraceFormat.HEAD_BYTES)) != Kind.NONE;
        }
    }

    /** Returns how many traces and summaries there were. */
    static int forEach(String name, Path path, InputFiles.Visitor visitor) throws IOException {
        Archive archive = new Archive(name, path, visitor);
        try {
            archive.read(path);
        } catch (ZipException | EntryException e) {
            throw CommandException.file(name, "is a damaged archive: " + e.getMessage());
        }
        return archive.count;
    }

    /** Reading the archive failed, which libraries tell in many ways. */
    private static final class EntryException extends IOException {
        private static final long serialVersionUID = 1L;

        EntryException(Exception cause) {
            super(cause.getMessage() == null ? cause.toString() : cause.getMessage(), cause);
        }
    }

    private static Kind kind(byte[] head) {
        if (starts(head, 0, 'P', 'K', 3, 4) || starts(head, 0, 'P', 'K', 5, 6)) {
            return Kind.ZIP;
        }
        if (starts(head, TAR_MAGIC_AT, 'u', 's', 't', 'a', 'r')) {
            return Kind.TAR;
        }
        if (starts(head, 0, 0x1F, 0x8B)) {
            return Kind.GZIP;
        }
        if (starts(head, 0, 'B', 'Z', 'h')) {
            return Kind.BZIP2;
        }
        return starts(head, 0, 0x28, 0xB5, 0x2F, 0xFD) ? Kind.ZSTD : Kind.NONE;
    }

    private static boolean starts(byte[] head, int at, int... bytes) {
        if (head.length < at + bytes.length) {
            return false;
        }
        for (int i = 0; i < bytes.length; i++) {
            if ((head[at + i] & 0xFF) != bytes[i]) {
                return false;
            }
        }
        return true;
    }

    private void read(Path path) throws IOException {
        byte[] head;
        try (InputStream in = Files.newInputStream(path)) {
            head = in.readNBytes(TraceFormat.HEAD_BYTES);
        }
        if (kind(head) == Kind.ZIP) {
            zip(path);
            return;
        }
        try (InputStream file = new BufferedInputStream(Files.newInputStream(path));
                InputStream in = new BufferedInputStream(unpacked(kind(head), file))) {
            in.mark(TraceFormat.HEAD_BYTES);
            boolean isTar = kind(readHead(in)) == Kind.TAR;
            in.reset();
            if (isTar) {
                tar(in);
            } else {
                entry(name, in);
            }
        }
    }

    private static byte[] readHead(InputStream in) throws IOException {
        try {
            return in.readNBytes(TraceFormat.HEAD_BYTES);
        } catch (IOException | RuntimeException e) {
            throw new EntryException(e);
        }
    }

    private static InputStream unpacked(Kind kind, InputStream file) throws IOException {
        try {
            return switch (kind) {
                case GZIP -> new GzipCompressorInputStream(file, true);
                case BZIP2 -> new BZip2CompressorInputStream(file, true);
                case ZSTD -> new ZstdInputStream(file);
                default -> file;
            };
        } catch (IOException | RuntimeException e) {
            throw new EntryException(e);
        }
    }

    private void zip(Path path) throws IOException {
        try (ZipFile zip = ZipFile.builder().setPath(path).get()) {
            Enumeration<ZipArchiveEntry> entries = zip.getEntriesInPhysicalOrder();
            while (entries.hasMoreElements()) {
                ZipArchiveEntry entry = entries.nextElement();
                if (!entry.isDirectory() && zip.canReadEntryData(entry)) {
                    try (InputStream in = new BufferedInputStream(zip.getInputStream(entry))) {
                        entry(name + "!" + entry.getName(), in);
                    }
                }
            }
        }
    }

    private void tar(InputStream in) throws IOException {
        TarArchiveInputStream tar = new TarArchiveInputStream(in);
        for (TarArchiveEntry entry = next(tar); entry != null; entry = next(tar)) {
            if (entry.isFile()) {
                InputStream content = new BufferedInputStream(tar);
                entry(name + "!" + entry.getName(), content);
            }
        }
    }

    private static @Nullable TarArchiveEntry next(TarArchiveInputStream tar) throws IOException {
        try {
            return tar.getNextEntry();
        } catch (IOException | RuntimeException e) {
            throw new EntryException(e);
        }
    }

    private void entry(String entryName, InputStream in) throws IOException {
        in.mark(TraceFormat.HEAD_BYTES);
        byte[] head = readHead(in);
        in.reset();
        if (!InputFiles.isKnown(head)) {
            return;
        }
        Path file = Files.createTempFile("tracetool-", ".unpacked");
        try {
            try (OutputStream out = Files.newOutputStream(file)) {
                copy(in, out);
            }
            count++;
            visitor.file(entryName, file);
        } finally {
            Files.deleteIfExists(file);
        }
    }

    private void copy(InputStream in, OutputStream out) throws IOException {
        byte[] buffer = new byte[1 << 16];
        for (int length = read(in, buffer); length > 0; length = read(in, buffer)) {
            left -= length;
            if (left < 0) {
                throw CommandException.file(
                        name, "is an archive that unpacks to over " + MAX_RATIO + " times its size");
            }
            out.write(buffer, 0, length);
        }
    }

    private static int read(InputStream in, byte[] buffer) throws IOException {
        try {
            return in.read(buffer);
        } catch (IOException | RuntimeException e) {
            throw new EntryException(e);
        }
    }
}
