package dev.tracetool.bench;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * The floor that merging is measured against: a bare loop that reads the summary files of a folder, checks and decompresses
 * their sections, and nothing else.
 *
 * <p>{@code java -cp core/target/test-classes dev.tracetool.bench.SectionsOnly FOLDER}
 */
public final class SectionsOnly {
    private static final int HEADER = 16;
    private static final int CHECKED = 12;

    private SectionsOnly() {}

    public static void main(String[] args) throws IOException, DataFormatException {
        List<Path> files;
        try (Stream<Path> tree = Files.walk(Path.of(args[0]))) {
            files = tree.filter(Files::isRegularFile).sorted().toList();
        }
        Inflater inflater = new Inflater();
        CRC32 crc = new CRC32();
        byte[] raw = new byte[1 << 16];
        long in = 0;
        long out = 0;
        for (Path path : files) {
            byte[] file;
            try (InputStream stream = Files.newInputStream(path)) {
                file = stream.readAllBytes();
            }
            in += file.length;
            ByteBuffer sections = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
            int at = HEADER;
            while (at < file.length) {
                int size = sections.getInt(at + 4);
                int stored = sections.getInt(at + 8);
                crc.reset();
                crc.update(file, at, CHECKED);
                crc.update(file, at + HEADER, stored);
                if ((int) crc.getValue() != sections.getInt(at + CHECKED)) {
                    throw new IOException(path + ": another checksum");
                }
                if (raw.length < size) {
                    raw = new byte[size];
                }
                inflater.reset();
                inflater.setInput(file, at + HEADER, stored);
                out += inflater.inflate(raw, 0, size);
                at += HEADER + stored;
            }
        }
        System.out.println(files.size() + " files, " + in + " bytes, of " + out);
    }
}
