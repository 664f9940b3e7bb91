package dev.tracetool.format.codetracer.capnp;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Follows the pointers of a message. Each is checked: what it points to lies within its segment. Nothing is followed that
 * was not asked for, so that no loop of pointers and no overlap costs more than one look at a time.
 *
 * <pre>
 * struct  2 bits 0, 30 signed: words from behind the pointer; 16 words of data, 16 pointers
 * list    2 bits 1, 30 as above; 3 size of an element, 29 count, or words for structs, whose layout stands before them
 * far     2 bits 2, 1 is it double, 29 word in the segment, 32 segment: there is another pointer; or if it is double,
 *         a far pointer to the content, and a pointer that tells its layout
 * </pre>
 */
final class Message {
    private static final int FAR = 2;

    private final Words words;

    /** By segment: index of its first word; one more at the end. */
    private final long[] starts;

    Message(Words words, long[] starts) {
        this.words = words;
        this.starts = starts;
    }

    /** How many there are. */
    long words() {
        return starts[starts.length - 1];
    }

    long word(long index) throws IOException {
        return words.get(index);
    }

    /** Resolves the pointer at the start of the message. */
    boolean root(Ref into) throws IOException {
        into.kind = Ref.NULL;
        return starts[1] > starts[0] && resolve(0, starts[0], into);
    }

    /**
     * Resolves a pointer of a struct.
     *
     * @param number of the pointer; one that the struct does not have is null
     * @return whether it is sound; null is
     */
    boolean pointer(Ref struct, int number, Ref into) throws IOException {
        if (struct.kind != Ref.STRUCT || number >= struct.pointers) {
            into.kind = Ref.NULL;
            return true;
        }
        return resolve(struct.segment, struct.at + struct.dataWords + number, into);
    }

    /** Resolves the pointer at that index; whether it is sound, which null is. */
    boolean resolve(int segment, long index, Ref into) throws IOException {
        into.kind = Ref.NULL;
        long pointer = words.get(index);
        if (pointer == 0) {
            return true;
        }
        if ((pointer & 3) != FAR) {
            return content(pointer, segment, index + 1 + offset(pointer), into);
        }
        int other = segment(pointer);
        long pad = other < 0 ? 0 : starts[other] + farOffset(pointer);
        boolean isDouble = (pointer & 4) != 0;
        if (other < 0 || pad + (isDouble ? 2 : 1) > starts[other + 1]) {
            return false;
        }
        long landing = words.get(pad);
        if (!isDouble) {
            return (landing & 3) != FAR && content(landing, other, pad + 1 + offset(landing), into);
        }
        int last = segment(landing);
        if ((landing & 7) != FAR || last < 0) {
            return false;
        }
        return content(words.get(pad + 1), last, starts[last] + farOffset(landing), into);
    }

    private static int offset(long pointer) {
        return (int) pointer >> 2;
    }

    private static long farOffset(long pointer) {
        return pointer >>> 3 & 0x1FFFFFFF;
    }

    /** Of a far pointer; -1 if there is no such segment. */
    private int segment(long pointer) {
        long segment = pointer >>> 32;
        return segment < starts.length - 1 ? (int) segment : -1;
    }

    private boolean content(long pointer, int segment, long at, Ref into) throws IOException {
        long end = starts[segment + 1];
        if (at < starts[segment] || at > end) {
            return false;
        }
        into.segment = segment;
        into.at = at;
        if ((pointer & 3) == 0) {
            into.kind = Ref.STRUCT;
            layout(pointer, into);
            return into.dataWords + into.pointers <= end - at;
        }
        return (pointer & 3) == 1 && list(pointer, end, into);
    }

    private static void layout(long pointer, Ref into) {
        into.dataWords = (int) (pointer >>> 32) & 0xFFFF;
        into.pointers = (int) (pointer >>> 48);
    }

    private boolean list(long pointer, long end, Ref into) throws IOException {
        into.kind = Ref.LIST;
        into.elementSize = (int) (pointer >>> 32) & 7;
        into.count = pointer >>> 35;
        if (into.elementSize != Ref.COMPOSITE) {
            int bits = into.elementSize < 2 ? into.elementSize : into.elementSize == 6 ? 64 : 4 << into.elementSize - 1;
            return (into.count * bits + 63) / 64 <= end - into.at;
        }
        long size = into.count;
        if (size + 1 > end - into.at) {
            return false;
        }
        long tag = words.get(into.at);
        into.at++;
        into.count = tag >>> 2 & 0x3FFFFFFF;
        layout(tag, into);
        return (tag & 3) == 0 && into.count * (into.dataWords + into.pointers) <= size;
    }

    /**
     * The text that a list of bytes is, without its last byte, which is 0.
     *
     * @param most the longest, in bytes, that is read
     * @return null if it is no text, or longer
     */
    @Nullable
    String text(Ref list, int most) throws IOException {
        if (list.kind != Ref.LIST || list.elementSize != 2 || list.count == 0 || list.count - 1 > most) {
            return list.kind == Ref.NULL ? "" : null;
        }
        byte[] bytes = new byte[(int) list.count - 1];
        for (int i = 0; i < bytes.length; i += Long.BYTES) {
            long word = words.get(list.at + i / Long.BYTES);
            for (int k = i; k < Math.min(bytes.length, i + Long.BYTES); k++) {
                bytes[k] = (byte) word;
                word >>>= 8;
            }
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
