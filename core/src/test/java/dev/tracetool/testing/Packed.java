package dev.tracetool.testing;

import com.github.luben.zstd.ZstdOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZOutputStream;

/** Packs bytes, as those who hand out traces do. The order of a map is that of the entries. */
public final class Packed {
    private interface Compressor {
        OutputStream over(OutputStream out) throws IOException;
    }

    private Packed() {}

    /** Of entries that are deflated, with their sizes before them. */
    public static byte[] zip(Map<String, byte[]> files) {
        return zip(files.entrySet(), ZipArchiveEntry.DEFLATED);
    }

    /** Of entries that lie in it as they are. */
    public static byte[] storedZip(Map<String, byte[]> files) {
        return zip(files.entrySet(), ZipArchiveEntry.STORED);
    }

    /** Of entries some of which can have one name. */
    public static byte[] zip(List<Map.Entry<String, byte[]>> files) {
        return zip(files, ZipArchiveEntry.DEFLATED);
    }

    private static byte[] zip(Iterable<Map.Entry<String, byte[]>> files, int method) {
        return run(out -> {
            try (ZipArchiveOutputStream zip = new ZipArchiveOutputStream(out)) {
                zip.setLevel(Deflater.BEST_SPEED);
                for (Map.Entry<String, byte[]> file : files) {
                    ZipArchiveEntry entry = new ZipArchiveEntry(file.getKey());
                    entry.setMethod(method);
                    entry.setSize(file.getValue().length);
                    if (method == ZipArchiveEntry.STORED) {
                        java.util.zip.CRC32 checksum = new java.util.zip.CRC32();
                        checksum.update(file.getValue());
                        entry.setCrc(checksum.getValue());
                    }
                    zip.putArchiveEntry(entry);
                    zip.write(file.getValue());
                    zip.closeArchiveEntry();
                }
            }
        });
    }

    public static byte[] tar(Map<String, byte[]> files) {
        return tar(List.copyOf(files.entrySet()));
    }

    /** Of entries some of which can have one name. */
    public static byte[] tar(List<Map.Entry<String, byte[]>> files) {
        return run(out -> {
            try (TarArchiveOutputStream tar = new TarArchiveOutputStream(out)) {
                tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
                for (Map.Entry<String, byte[]> file : files) {
                    TarArchiveEntry entry = new TarArchiveEntry(file.getKey(), true);
                    entry.setSize(file.getValue().length);
                    tar.putArchiveEntry(entry);
                    tar.write(file.getValue());
                    tar.closeArchiveEntry();
                }
            }
        });
    }

    public static byte[] gzip(byte[] bytes) {
        return compress(bytes, GZIPOutputStream::new);
    }

    public static byte[] bzip2(byte[] bytes) {
        return compress(bytes, out -> new BZip2CompressorOutputStream(out, BZip2CompressorOutputStream.MIN_BLOCKSIZE));
    }

    public static byte[] xz(byte[] bytes) {
        return compress(bytes, out -> new XZOutputStream(out, new LZMA2Options(LZMA2Options.PRESET_MIN)));
    }

    public static byte[] zstd(byte[] bytes) {
        return compress(bytes, ZstdOutputStream::new);
    }

    private static byte[] compress(byte[] bytes, Compressor compressor) {
        return run(out -> {
            try (OutputStream packed = compressor.over(out)) {
                packed.write(bytes);
            }
        });
    }

    private interface Writer {
        void write(ByteArrayOutputStream out) throws IOException;
    }

    private static byte[] run(Writer writer) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            writer.write(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }
}
