package dev.tracetool.format.nativetrace;

import static dev.tracetool.format.nativetrace.MalformedBlockException.check;

import dev.tracetool.code.CodeObjectRegistry;
import dev.tracetool.code.CodeObjectWrapper;
import dev.tracetool.code.LineTableFormat;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The code objects of a trace, as far as one pass has read it. After damage, indices can be missing: those of a C block
 * that was lost.
 *
 * <p>The wrappers come from the trace's registry, so that what one pass has decoded is decoded for the next one, too.
 */
final class CodeTable {
    /** More missing indices than this are taken for a lie. */
    private static final int MAX_GAP = 1 << 22;

    private final LineTableFormat format;
    private final CodeObjectRegistry registry;
    private long[] ids = new long[0];
    private int size;
    private @Nullable BitSet missing;

    CodeTable(LineTableFormat format, CodeObjectRegistry registry) {
        this.format = format;
        this.registry = registry;
    }

    /** One more than the greatest index. */
    int size() {
        return size;
    }

    /** Indices below {@link #size()} that are not defined, or null if there are none. Never changed, only replaced. */
    @Nullable
    BitSet missing() {
        return missing;
    }

    boolean isDefined(long index) {
        return index < size && (missing == null || !missing.get((int) index));
    }

    /**
     * Reads a C block.
     *
     * @param gapAllowed whether frames were lost, so that indices can be missing
     */
    List<CodeObjectWrapper> read(byte[] payload, Unpacker unpacker, boolean gapAllowed) throws MalformedBlockException {
        check(payload.length >= 8, 0, "expected a first index and a count, found the end");
        long first = Layout.u32(payload, 0);
        long count = Layout.u32(payload, 4);
        long gap = first - size;
        check(
                gap == 0 || gap > 0 && gap <= MAX_GAP && gapAllowed,
                0,
                "expected first index " + size + ", found " + first);
        int raw = unpacker.rawLength(payload, 8);
        long need = count * NativeCodeRecord.MIN_BYTES;
        check(need <= raw, 4, "expected at most " + raw / NativeCodeRecord.MIN_BYTES + " records, found " + count);
        byte[] block = new byte[raw + 1];
        unpacker.unpack(payload, 8, block);
        ids = Arrays.copyOf(ids, (int) (first + count));
        List<CodeObjectWrapper> codes = new ArrayList<>((int) count);
        int at = 0;
        for (int i = 0; i < count; i++) {
            NativeCodeRecord rec = NativeCodeRecord.at(block, at, raw, format);
            codes.add(wrapper((int) first + i, rec));
            at = rec.end();
        }
        check(at == raw, 8, "expected records of " + raw + " bytes, found " + at);
        if (gap > 0) {
            BitSet bits = missing == null ? new BitSet() : (BitSet) missing.clone();
            bits.set(size, (int) first);
            missing = bits;
        }
        size = (int) (first + count);
        return codes;
    }

    private CodeObjectWrapper wrapper(int index, NativeCodeRecord rec) {
        ids[index] = rec.id();
        CodeObjectWrapper present = registry.get(rec.id());
        if (present != null && present.index() != index) {
            registry.remove(rec.id()); // it has ended: an id has one owner at a time, whatever became of the D block
        }
        return registry.getOrInsert(index, rec);
    }

    /** Honours a D block: the ids of these code objects can belong to others from here on. */
    void end(int[] indices) {
        for (int index : indices) {
            CodeObjectWrapper present = registry.get(ids[index]);
            if (present != null && present.index() == index) {
                registry.remove(ids[index]);
            }
        }
    }
}
