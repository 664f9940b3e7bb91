package dev.tracetool.bench;

import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * The floor that a report is measured against: a bare loop that reads the blocks of events of a trace and decompresses
 * both of their sections, and nothing else. No checksum, no decoding, one thread.
 *
 * <p>{@code java -cp core/target/test-classes dev.tracetool.bench.InflateOnly TRACE}
 */
public final class InflateOnly {
    private InflateOnly() {}

    public static void main(String[] args) throws IOException, DataFormatException {
        Inflater inflater = new Inflater();
        byte[] raw = new byte[1 << 16];
        byte[] bytes = new byte[1 << 20];
        long blocks = 0;
        long out = 0;
        try (FileChannel channel = FileChannel.open(Path.of(args[0]));
                DataInputStream in = new DataInputStream(
                        new java.io.BufferedInputStream(java.nio.channels.Channels.newInputStream(channel), 1 << 20))) {
            in.skipNBytes(16);
            byte[] head = new byte[20];
            while (in.readNBytes(head, 0, 20) == 20) {
                ByteBuffer frame = ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN);
                int length = frame.getInt(12);
                if (bytes.length < length + 4) {
                    bytes = new byte[length + 4];
                }
                in.readNBytes(bytes, 0, length + 4);
                if (head[4] != 'E') {
                    continue;
                }
                ByteBuffer payload = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
                int at = 40 + 8 * payload.getInt(36);
                for (int section = 0; section < 2; section++) {
                    int size = payload.getInt(at + 4);
                    int stored = payload.getInt(at + 8);
                    if (raw.length < size) {
                        raw = new byte[size];
                    }
                    if (bytes[at] == 1) {
                        inflater.reset();
                        inflater.setInput(bytes, at + 12, stored);
                        out += inflater.inflate(raw, 0, size);
                    }
                    at += 12 + stored;
                }
                blocks++;
            }
        }
        System.out.println(blocks + " blocks, " + out + " bytes");
    }
}
