package dev.tracetool.format.nativetrace;

import static dev.tracetool.format.nativetrace.MalformedBlockException.check;

import dev.tracetool.code.CodeRecord;
import dev.tracetool.code.LineTableFormat;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A code-object record: a slice of an unpacked C block, decoded on demand.
 *
 * <pre>
 *   0 u32 length of the rest     36 u32 code length      60 16 bytes digest
 *   4 u64 id                     40 u32 f  file name     76 f bytes file name
 *  12 u32 parent + 1             44 u32 q  qualname         q bytes qualified name
 *  16 i32 first line             48 u32 n  name             n bytes name
 *  20 u32 flags                  52 u32 t  line table       t bytes line table
 *  24, 28, 32 u32 arguments      56 u32 v  variables        v bytes variable names
 * </pre>
 */
final class NativeCodeRecord implements CodeRecord {
    /** Size of a record with empty texts and tables. */
    static final int MIN_BYTES = 76;

    private final byte[] block;
    private final int at;
    private final LineTableFormat format;

    private NativeCodeRecord(byte[] block, int at, LineTableFormat format) {
        this.block = block;
        this.at = at;
        this.format = format;
    }

    /** The record at a position of an unpacked block; its lengths are checked here, once. */
    static NativeCodeRecord at(byte[] block, int at, int blockLength, LineTableFormat format)
            throws MalformedBlockException {
        check(blockLength - at >= MIN_BYTES, at, "expected a code object record, found the end");
        long size = 4 + Layout.u32(block, at);
        check(
                size >= MIN_BYTES && size <= blockLength - at,
                at,
                "expected a record that fits, found " + size + " bytes");
        long used = MIN_BYTES;
        for (int i = 40; i <= 56; i += 4) {
            used += Layout.u32(block, at + i);
        }
        check(used <= size, at, "expected texts and tables within " + size + " bytes, found " + used);
        return new NativeCodeRecord(block, at, format);
    }

    int end() {
        return at + 4 + Layout.i32(block, at);
    }

    private int length(int part) {
        return Layout.i32(block, at + 40 + 4 * part);
    }

    /** Position of the part: file name, qualified name, name, line table, variable names. */
    private int start(int part) {
        int start = at + MIN_BYTES;
        for (int i = 0; i < part; i++) {
            start += length(i);
        }
        return start;
    }

    private String text(int part) {
        return Utf8.decode(block, start(part), length(part));
    }

    /** A count that does not fit an int is a lie; it is shown as the largest one. All bits set mean {@link #UNKNOWN}. */
    private int count(int offset) {
        int count = Layout.i32(block, at + offset);
        return count < UNKNOWN ? Integer.MAX_VALUE : count;
    }

    @Override
    public long id() {
        return Layout.i64(block, at + 4);
    }

    @Override
    public int parentIndex() {
        return Layout.i32(block, at + 12) - 1;
    }

    @Override
    public String filename() {
        return text(0);
    }

    @Override
    public String qualname() {
        return text(1);
    }

    @Override
    public String name() {
        return text(2);
    }

    @Override
    public int firstLine() {
        return Layout.i32(block, at + 16);
    }

    @Override
    public int flags() {
        return Layout.i32(block, at + 20);
    }

    @Override
    public int argCount() {
        return count(24);
    }

    @Override
    public int positionalOnlyArgCount() {
        return count(28);
    }

    @Override
    public int keywordOnlyArgCount() {
        return count(32);
    }

    @Override
    public int codeLength() {
        return count(36);
    }

    @Override
    public LineTableFormat lineTableFormat() {
        return format;
    }

    @Override
    public byte[] lineTable() {
        return Arrays.copyOfRange(block, start(3), start(3) + length(3));
    }

    /** A list whose lengths do not fit ends where they stop to fit. Of unknown arguments the names are, too. */
    @Override
    public @Nullable List<String> variableNames() {
        if (argCount() == UNKNOWN) {
            return null;
        }
        List<String> names = new ArrayList<>();
        int from = start(4);
        int end = from + length(4);
        while (end - from >= 4) {
            long size = Layout.u32(block, from);
            from += 4;
            if (size > end - from) {
                break;
            }
            names.add(Utf8.decode(block, from, (int) size));
            from += (int) size;
        }
        return List.copyOf(names);
    }

    @Override
    public byte[] digest() {
        return Arrays.copyOfRange(block, at + 60, at + 76);
    }
}
