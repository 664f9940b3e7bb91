package dev.tracetool.format.codetracer.capnp;

import java.io.IOException;

/** Words in memory. */
final class HeapWords implements Words {
    private final long[] words;

    private HeapWords(long[] words) {
        this.words = words;
    }

    static HeapWords unpack(PackedInput in, int count) throws IOException {
        long[] words = new long[count];
        in.read(words, 0, count);
        return new HeapWords(words);
    }

    @Override
    public long get(long index) {
        return words[(int) index];
    }
}
