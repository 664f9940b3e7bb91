package dev.tracetool.format.codetracer;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Writes records as a Cap'n Proto message of many small segments, with far pointers of both kinds between them. */
class CapnpRecordsWriter {
    private final Random random;
    private final int segmentWords;
    private final List<long[]> segments = new ArrayList<>();
    private final List<Integer> used = new ArrayList<>();

    /** A word of a segment. */
    record Place(int segment, int at) {
        Place plus(int words) {
            return new Place(segment, at + words);
        }
    }

    CapnpRecordsWriter(long seed, int segmentWords) {
        this.random = new Random(seed);
        this.segmentWords = segmentWords;
    }

    /** @param segmentWords how large segments are; those of things that are larger are larger */
    static byte[] write(List<Rec> records, long seed, int segmentWords) {
        return file(new CapnpRecordsWriter(seed, segmentWords).message(records), seed);
    }

    /** Words with a header, packed. */
    static byte[] file(long[] message, long seed) {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.writeBytes(new byte[] {(byte) 0xC0, (byte) 0xDE, 0x72, (byte) 0xAC, (byte) 0xE2, 0, 0, 0});
        pack(message, new Random(seed), file);
        return file.toByteArray();
    }

    private long[] message(List<Rec> records) {
        Place root = allocate(1);
        Place trace = allocate(1);
        struct(root, trace, 0, 1);
        Place list = allocate(1 + 2 * records.size());
        point(trace, list, 1 | (7L | 2L * records.size() << 3) << 32);
        set(list, (long) records.size() << 2 | 1L << 32 | 1L << 48);
        for (int i = 0; i < records.size(); i++) {
            record(records.get(i), list.plus(1 + 2 * i));
        }
        return joined();
    }

    long[] joined() {
        int table = segments.size() / 2 + 1;
        int size = table + used.stream().mapToInt(u -> u).sum();
        ByteBuffer all = ByteBuffer.allocate(8 * size).order(ByteOrder.LITTLE_ENDIAN);
        all.putInt(segments.size() - 1);
        used.forEach(all::putInt);
        all.position(8 * table);
        for (int i = 0; i < segments.size(); i++) {
            for (int k = 0; k < used.get(i); k++) {
                all.putLong(segments.get(i)[k]);
            }
        }
        long[] words = new long[size];
        all.flip();
        all.asLongBuffer().get(words);
        return words;
    }

    private void record(Rec rec, Place at) {
        int ordinal = rec.kind().ordinal();
        int tag = switch (rec.kind()) {
            case DROP_LAST_STEP -> 20;
            case THREAD_START, THREAD_EXIT, THREAD_SWITCH -> ordinal + 1;
            default -> ordinal;
        };
        set(at, tag | (rec.first() & 0xFF) << 16); // what a reader must not mind
        Place pointer = at.plus(1);
        switch (rec.kind()) {
            case STEP -> {
                Place step = struct(pointer, 0, 2);
                number(step, rec.first());
                number(step.plus(1), rec.second());
            }
            case FUNCTION -> {
                Place function = struct(pointer, 0, 3);
                number(function, rec.first());
                number(function.plus(1), rec.second());
                text(function.plus(2), rec.text());
            }
            case PATH -> text(struct(pointer, 0, 1), rec.text());
            case CALL -> number(struct(pointer, 0, 2), rec.first());
            case THREAD_START, THREAD_EXIT, THREAD_SWITCH -> number(pointer, rec.first());
            case RETURN -> set(struct(struct(pointer, 0, 1), 3, 3), rec.first());
            default -> {}
        }
    }

    Place struct(Place pointer, int data, int pointers) {
        Place place = allocate(data + pointers);
        struct(pointer, place, data, pointers);
        return place;
    }

    void struct(Place pointer, Place target, int data, int pointers) {
        point(pointer, target, (long) data << 32 | (long) pointers << 48);
    }

    /** Zero is sometimes left out. */
    void number(Place pointer, long value) {
        if (value != 0 || random.nextBoolean()) {
            set(struct(pointer, 1, 0), value);
        }
    }

    void text(Place pointer, String text) {
        byte[] bytes =
                Arrays.copyOf(text.getBytes(StandardCharsets.UTF_8), text.getBytes(StandardCharsets.UTF_8).length + 1);
        Place place = allocate((bytes.length + 7) / 8);
        for (int i = 0; i < bytes.length; i++) {
            Place word = place.plus(i / 8);
            set(word, segments.get(word.segment)[word.at] | (bytes[i] & 0xFFL) << 8 * (i % 8));
        }
        point(pointer, place, 1 | (2L | (long) bytes.length << 3) << 32);
    }

    /** Before each thing there is room for what a far pointer lands on. */
    Place allocate(int words) {
        int last = segments.size() - 1;
        boolean isFirst = last < 0;
        if (isFirst || used.get(last) + words + 1 > segments.get(last).length) {
            segments.add(new long[Math.max(segmentWords, words + 3)]);
            used.add(0);
            last++;
        }
        int at = used.get(last) + (isFirst ? 0 : 1);
        used.set(last, at + words);
        return new Place(last, at);
    }

    /** @param layout a pointer without its offset */
    void point(Place pointer, Place target, long layout) {
        if (pointer.segment == target.segment && random.nextInt(4) > 0) {
            set(pointer, layout | (target.at - pointer.at - 1) << 2 & 0xFFFFFFFFL);
        } else if (random.nextBoolean()) {
            set(target.plus(-1), layout);
            set(pointer, far(target.plus(-1), false));
        } else {
            Place pad = allocate(2);
            set(pad, far(target, false));
            set(pad.plus(1), layout);
            set(pointer, far(pad, true));
        }
    }

    private static long far(Place place, boolean isDouble) {
        return 2 | (isDouble ? 4 : 0) | (long) place.at << 3 | (long) place.segment << 32;
    }

    void or(Place place, long bits) {
        segments.get(place.segment)[place.at] |= bits;
    }

    void set(Place place, long word) {
        segments.get(place.segment)[place.at] = word;
    }

    /** Packs words, with runs of any length that may be. */
    static void pack(long[] words, Random random, ByteArrayOutputStream out) {
        for (int i = 0; i < words.length; i++) {
            int tag = 0;
            for (int b = 0; b < 8; b++) {
                tag |= (words[i] >>> 8 * b & 0xFF) == 0 ? 0 : 1 << b;
            }
            out.write(tag);
            for (int b = 0; b < 8; b++) {
                if ((tag & 1 << b) != 0) {
                    out.write((int) (words[i] >>> 8 * b));
                }
            }
            if (tag == 0) {
                int run = 0;
                while (run < 255 && i + 1 < words.length && words[i + 1] == 0) {
                    run++;
                    i++;
                }
                out.write(run);
            } else if (tag == 0xFF) {
                int run = Math.min(random.nextInt(4), words.length - 1 - i);
                out.write(run);
                for (int k = 0; k < run; k++) {
                    ByteBuffer word = ByteBuffer.allocate(8)
                            .order(ByteOrder.LITTLE_ENDIAN)
                            .putLong(words[++i]);
                    out.writeBytes(word.array());
                }
            }
        }
    }
}
