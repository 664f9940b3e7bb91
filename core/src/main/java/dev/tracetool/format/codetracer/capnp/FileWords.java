package dev.tracetool.format.codetracer.capnp;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

/**
 * Words in a temporary file, for messages that would not fit in memory. What is read stays in pages, each in the only
 * place that it can have: records lie in their order, so that few are read twice.
 */
final class FileWords implements Words {
    private static final int PAGE_BITS = 13;
    private static final int PAGE = 1 << PAGE_BITS;
    private static final int PAGES = 256;

    private final FileChannel channel;
    private final long[][] pages = new long[PAGES][];
    private final long[] numbers = new long[PAGES];
    private final ByteBuffer bytes =
            ByteBuffer.allocate(Long.BYTES << PAGE_BITS).order(ByteOrder.LITTLE_ENDIAN);

    private FileWords(FileChannel channel) {
        this.channel = channel;
        Arrays.fill(numbers, -1);
    }

    /** Needs eight bytes of disk for each word, until it is closed. */
    static FileWords unpack(PackedInput in, long count) throws IOException {
        Path file = Files.createTempFile("tracetool-", ".capnp");
        FileWords words = null;
        try {
            words = new FileWords(FileChannel.open(
                    file, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE));
            words.write(in, count);
            return words;
        } catch (IOException | RuntimeException e) {
            if (words != null) {
                words.close();
            }
            Files.deleteIfExists(file);
            throw e;
        }
    }

    private void write(PackedInput in, long count) throws IOException {
        long[] page = new long[PAGE];
        for (long left = count; left > 0; ) {
            int part = (int) Math.min(left, PAGE);
            in.read(page, 0, part);
            bytes.clear();
            bytes.asLongBuffer().put(page, 0, part);
            bytes.limit(Long.BYTES * part);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            left -= part;
        }
    }

    @Override
    public long get(long index) throws IOException {
        long number = index >> PAGE_BITS;
        int place = (int) number & PAGES - 1;
        if (numbers[place] != number) {
            load(place, number);
        }
        return pages[place][(int) index & PAGE - 1];
    }

    private void load(int place, long number) throws IOException {
        bytes.clear();
        long at = number << PAGE_BITS + 3;
        while (bytes.hasRemaining()) {
            if (channel.read(bytes, at + bytes.position()) < 0) {
                break; // the last page is shorter
            }
        }
        if (bytes.position() == 0) {
            throw new IOException("a temporary file was cut");
        }
        bytes.flip();
        if (pages[place] == null) {
            pages[place] = new long[PAGE];
        }
        bytes.asLongBuffer().get(pages[place], 0, bytes.limit() / Long.BYTES);
        numbers[place] = number;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
