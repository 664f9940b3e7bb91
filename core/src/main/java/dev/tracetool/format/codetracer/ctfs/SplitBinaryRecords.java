package dev.tracetool.format.codetracer.ctfs;

import dev.tracetool.format.codetracer.MalformedRecordException;
import dev.tracetool.format.codetracer.RecordBytes;
import dev.tracetool.format.codetracer.RecordKind;
import dev.tracetool.format.codetracer.RecordSink;
import java.io.IOException;
import java.io.InputStream;

/**
 * Reads records of the encoding {@code split-binary}: a byte that tells the kind, and its fields, little-endian. Texts and
 * values have their length before them, in 4 bytes.
 *
 * <pre>
 *  0 Step u64 i64          6 Function u64 i64 text   12 Assignment value        18 VariableCell u64 i64
 *  1 Path text             7 Call u64 value          13 DropVariables n, u64s   19 DropVariable u64
 *  2 VariableName text     8 Return value            14 CompoundValue i64 value 20 ThreadStart u64
 *  3 Variable text         9 Event u8 text text      15 CellValue i64 value     21 ThreadExit u64
 *  4 Type value           10 Asm n, texts            16 AssignCompoundItem 3 x  22 ThreadSwitch u64
 *  5 Value u64 value      11 BindVariable u64 i64    17 AssignCell i64 value    23 DropLastStep
 * </pre>
 *
 * <p>A record is passed on only when all of it is there; values are skipped without being held.
 */
final class SplitBinaryRecords extends RecordBytes {
    private static final RecordKind[] KINDS = {
        RecordKind.STEP,
        RecordKind.PATH,
        RecordKind.VARIABLE_NAME,
        RecordKind.VARIABLE,
        RecordKind.TYPE,
        RecordKind.VALUE,
        RecordKind.FUNCTION,
        RecordKind.CALL,
        RecordKind.RETURN,
        RecordKind.EVENT,
        RecordKind.ASM,
        RecordKind.BIND_VARIABLE,
        RecordKind.ASSIGNMENT,
        RecordKind.DROP_VARIABLES,
        RecordKind.COMPOUND_VALUE,
        RecordKind.CELL_VALUE,
        RecordKind.ASSIGN_COMPOUND_ITEM,
        RecordKind.ASSIGN_CELL,
        RecordKind.VARIABLE_CELL,
        RecordKind.DROP_VARIABLE,
        RecordKind.THREAD_START,
        RecordKind.THREAD_EXIT,
        RecordKind.THREAD_SWITCH,
        RecordKind.DROP_LAST_STEP
    };

    /** Where the record begins that was passed on last. */
    private long start;

    /** @param content is read to its end at most, in large pieces, and not closed */
    SplitBinaryRecords(InputStream content) {
        super(content);
    }

    /** Where the record begins that was passed on last, in bytes of the content. */
    long start() {
        return start;
    }

    /**
     * Passes on the next record.
     *
     * @return false at the end, if that is where a record ends
     * @throws MalformedRecordException with a position in the content; nothing can be read after that
     */
    boolean next(RecordSink sink) throws IOException, MalformedRecordException {
        start = position();
        if (atEnd()) {
            return false;
        }
        int tag = next();
        if (tag >= KINDS.length) {
            throw new MalformedRecordException(
                    start, "expected a record of kind 0 to " + (KINDS.length - 1) + ", found kind " + tag);
        }
        RecordKind kind = KINDS[tag];
        switch (kind) {
            case STEP -> {
                long path = i64();
                sink.step(path, i64());
            }
            case PATH -> sink.path(text(u32()));
            case FUNCTION -> {
                long path = i64();
                long line = i64();
                sink.function(path, line, text(u32()));
            }
            case CALL -> {
                long function = i64();
                skipSized();
                sink.call(function);
            }
            case RETURN -> {
                skipSized();
                sink.leave();
            }
            case THREAD_START, THREAD_EXIT, THREAD_SWITCH -> sink.thread(kind, i64());
            case DROP_LAST_STEP -> sink.dropLastStep();
            default -> {
                skipFields(kind);
                sink.other(kind);
            }
        }
        return true;
    }

    /** The fields of a record that only counts. */
    private void skipFields(RecordKind kind) throws IOException, MalformedRecordException {
        switch (kind) {
            case VARIABLE_NAME, VARIABLE, TYPE, ASSIGNMENT -> skipSized();
            case VALUE, COMPOUND_VALUE, CELL_VALUE, ASSIGN_CELL -> {
                skip(8);
                skipSized();
            }
            case EVENT -> {
                skip(1);
                skipSized();
                skipSized();
            }
            case ASM -> {
                for (long n = u32(); n > 0; n--) {
                    skipSized();
                }
            }
            case BIND_VARIABLE, VARIABLE_CELL -> skip(16);
            case DROP_VARIABLES -> skip(8 * u32());
            case ASSIGN_COMPOUND_ITEM -> skip(24);
            case DROP_VARIABLE -> skip(8);
            default -> throw new IllegalStateException(kind.label());
        }
    }

    private long u32() throws IOException, MalformedRecordException {
        long value = 0;
        for (int shift = 0; shift < 32; shift += 8) {
            value |= (long) next() << shift;
        }
        return value;
    }

    private long i64() throws IOException, MalformedRecordException {
        if (limit - at >= 8) {
            at += 8;
            return LittleEndian.i64(buffer, at - 8);
        }
        long low = u32();
        return low | u32() << 32;
    }

    private void skipSized() throws IOException, MalformedRecordException {
        skip(u32());
    }
}
