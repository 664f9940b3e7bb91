package dev.tracetool.format.nativetrace;

import static dev.tracetool.format.nativetrace.MalformedBlockException.check;

import dev.tracetool.code.CodeObjectWrapper;
import dev.tracetool.code.LineTableFormat;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The code objects of a trace, as far as it was read. After damage, indices can be missing: those of a C block that was
 * lost.
 */
final class CodeTable {
    /** More missing indices than this are taken for a lie. */
    private static final int MAX_GAP = 1 << 22;

    private final LineTableFormat format;
    private int size;
    private @Nullable BitSet missing;

    CodeTable(LineTableFormat format) {
        this.format = format;
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
        List<CodeObjectWrapper> codes = new ArrayList<>((int) count);
        int at = 0;
        for (int i = 0; i < count; i++) {
            NativeCodeRecord rec = NativeCodeRecord.at(block, at, raw, format);
            codes.add(new CodeObjectWrapper((int) first + i, rec));
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
}
