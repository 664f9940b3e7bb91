package dev.tracetool.format.nativetrace;

import static dev.tracetool.format.nativetrace.MalformedBlockException.check;

import dev.tracetool.code.CodeObjectRegistry;
import dev.tracetool.code.CodeObjectWrapper;
import dev.tracetool.code.LineTableFormat;
import dev.tracetool.trace.TraceException;
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
    /** More missing indices than this, in all, are taken for a lie: whoever has a table by index makes room for them. */
    private static final int MAX_MISSING = 1 << 20;

    /** Memory for each code object, beside its record: wrapper, record and what the visitor keeps. */
    private static final int BYTES_PER_CODE = 256;

    private final String input;
    private final LineTableFormat format;
    private final CodeObjectRegistry registry;
    private final long maxHeld;
    private long[] ids = new long[64];
    private int size;
    private int missingCount;
    private long held;
    private @Nullable BitSet missing;

    CodeTable(String input, LineTableFormat format, CodeObjectRegistry registry) {
        this(input, format, registry, Runtime.getRuntime().maxMemory() / 2);
    }

    /**
     * A table for a test.
     *
     * @param maxHeld bytes that the code objects may take
     */
    CodeTable(String input, LineTableFormat format, CodeObjectRegistry registry, long maxHeld) {
        this.input = input;
        this.format = format;
        this.registry = registry;
        this.maxHeld = maxHeld;
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
     * @param at position of the payload in the file
     * @param gapAllowed whether frames were lost, so that indices can be missing
     * @throws TraceException if there is no memory for so many: a file of a megabyte can unpack to any number
     */
    List<CodeObjectWrapper> read(long at, byte[] payload, Unpacker unpacker, boolean gapAllowed)
            throws MalformedBlockException, TraceException {
        check(payload.length >= 8, 0, "expected a first index and a count, found the end");
        long first = Layout.u32(payload, 0);
        long count = Layout.u32(payload, 4);
        long gap = first - size;
        check(
                gap == 0 || gap > 0 && gap <= MAX_MISSING - missingCount && gapAllowed,
                0,
                "expected first index " + size + ", found " + first);
        int raw = unpacker.rawLength(payload, 8);
        long need = count * NativeCodeRecord.MIN_BYTES;
        check(need <= raw, 4, "expected at most " + raw / NativeCodeRecord.MIN_BYTES + " records, found " + count);
        held += raw + count * BYTES_PER_CODE;
        if (held > maxHeld) {
            String most = (maxHeld >> 20) + " MB, as much as this virtual machine's memory allows";
            throw new TraceException(input, at, "expected code objects of at most " + most + ", found more");
        }
        byte[] block = new byte[raw + 1];
        unpacker.unpack(payload, 8, block);
        if (first + count > ids.length) {
            ids = Arrays.copyOf(ids, (int) Math.max(first + count, Math.min(2L * ids.length, 1 << 28)));
        }
        List<CodeObjectWrapper> codes = new ArrayList<>((int) count);
        int next = 0;
        for (int i = 0; i < count; i++) {
            NativeCodeRecord rec = recordAt(block, next, raw);
            codes.add(wrapper((int) first + i, rec));
            next = rec.end();
        }
        check(next == raw, 8, "expected records of " + raw + " bytes, found " + next);
        if (gap > 0) {
            BitSet bits = missing == null ? new BitSet() : (BitSet) missing.clone();
            bits.set(size, (int) first);
            missing = bits;
            missingCount += (int) gap;
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

    /** A position in the unpacked records is none in the file: it stands in the message. */
    private NativeCodeRecord recordAt(byte[] block, int next, int raw) throws MalformedBlockException {
        try {
            return NativeCodeRecord.at(block, next, raw, format);
        } catch (MalformedBlockException e) {
            throw new MalformedBlockException(8, e.getMessage() + ", at byte " + e.at() + " of the unpacked records");
        }
    }
}
