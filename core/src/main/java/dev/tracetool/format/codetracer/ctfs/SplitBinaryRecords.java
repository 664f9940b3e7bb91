package dev.tracetool.format.codetracer.ctfs;

import dev.tracetool.format.codetracer.MalformedRecordException;
import dev.tracetool.format.codetracer.RecordKind;
import dev.tracetool.format.codetracer.RecordSink;
import dev.tracetool.format.codetracer.RecordTokens;
import dev.tracetool.format.codetracer.cbor.CborInput;
import dev.tracetool.format.codetracer.cbor.CborTokens;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.LongSupplier;

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
final class SplitBinaryRecords {
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

    private final CborInput in;
    private final CborTokens values;

    /** Where the record begins that was passed on last. */
    private long start;

    /** @param content is read to its end at most, in large pieces, and not closed */
    SplitBinaryRecords(InputStream content) {
        in = new CborInput(content);
        values = new CborTokens(in);
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
        start = in.position();
        if (in.atEnd()) {
            return false;
        }
        RecordKind kind = kind();
        switch (kind) {
            case STEP -> {
                long path = u63();
                sink.step(path, i64());
            }
            case PATH -> sink.path(in.text(u32()));
            case FUNCTION -> {
                long path = u63();
                long line = i64();
                sink.function(path, line, in.text(u32()));
            }
            case CALL -> {
                long function = u63();
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

    private RecordKind kind() throws IOException, MalformedRecordException {
        int tag = in.next();
        if (tag >= KINDS.length) {
            throw new MalformedRecordException(
                    start, "expected a record of kind 0 to " + (KINDS.length - 1) + ", found kind " + tag);
        }
        return KINDS[tag];
    }

    /**
     * Passes on the next record with all that it holds.
     *
     * @param place of the record that is passed on, in the file
     * @return false at the end, if that is where a record ends
     * @throws MalformedRecordException with a position in the content; nothing can be read after that
     */
    boolean copy(RecordTokens to, LongSupplier place) throws IOException, MalformedRecordException {
        start = in.position();
        if (in.atEnd()) {
            return false;
        }
        RecordKind kind = kind();
        to.begin(place.getAsLong());
        if (kind == RecordKind.DROP_LAST_STEP) {
            to.text(kind.label());
        } else {
            to.startObject();
            to.name(kind.label());
            content(kind, to);
            to.endObject();
        }
        to.end();
        return true;
    }

    private void content(RecordKind kind, RecordTokens to) throws IOException, MalformedRecordException {
        switch (kind) {
            case PATH, VARIABLE_NAME, VARIABLE -> values.text(u32(), to);
            case TYPE, ASSIGNMENT -> values.sized(u32(), to);
            case THREAD_START, THREAD_EXIT, THREAD_SWITCH, DROP_VARIABLE -> unsigned(to);
            case ASM -> {
                to.startArray();
                for (long n = u32(); n > 0; n--) {
                    values.text(u32(), to);
                }
                to.endArray();
            }
            case DROP_VARIABLES -> {
                to.startArray();
                for (long n = u32(); n > 0; n--) {
                    unsigned(to);
                }
                to.endArray();
            }
            default -> {
                to.startObject();
                members(kind, to);
                to.endObject();
            }
        }
    }

    private void members(RecordKind kind, RecordTokens to) throws IOException, MalformedRecordException {
        switch (kind) {
            case STEP -> {
                unsigned("path_id", to);
                signed("line", to);
            }
            case FUNCTION -> {
                unsigned("path_id", to);
                signed("line", to);
                to.name("name");
                values.text(u32(), to);
            }
            case VALUE -> {
                unsigned("variable_id", to);
                value("value", to);
            }
            case CALL -> {
                unsigned("function_id", to);
                value("args", to);
            }
            case RETURN -> value("return_value", to);
            case EVENT -> {
                to.name("kind");
                to.number(in.next());
                to.name("metadata");
                values.text(u32(), to);
                to.name("content");
                values.text(u32(), to);
            }
            case BIND_VARIABLE, VARIABLE_CELL -> {
                unsigned("variable_id", to);
                signed("place", to);
            }
            case COMPOUND_VALUE, CELL_VALUE -> {
                signed("place", to);
                value("value", to);
            }
            case ASSIGN_CELL -> {
                signed("place", to);
                value("new_value", to);
            }
            case ASSIGN_COMPOUND_ITEM -> {
                signed("place", to);
                unsigned("index", to);
                signed("item_place", to);
            }
            default -> throw new IllegalStateException(kind.label());
        }
    }

    private void value(String name, RecordTokens to) throws IOException, MalformedRecordException {
        to.name(name);
        values.sized(u32(), to);
    }

    private void signed(String name, RecordTokens to) throws IOException, MalformedRecordException {
        to.name(name);
        to.number(i64());
    }

    private void unsigned(String name, RecordTokens to) throws IOException, MalformedRecordException {
        to.name(name);
        unsigned(to);
    }

    private void unsigned(RecordTokens to) throws IOException, MalformedRecordException {
        long number = i64();
        if (number >= 0) {
            to.number(number);
        } else {
            to.number(Long.toUnsignedString(number));
        }
    }

    /** The fields of a record that only counts. */
    private void skipFields(RecordKind kind) throws IOException, MalformedRecordException {
        switch (kind) {
            case VARIABLE_NAME, VARIABLE, TYPE, ASSIGNMENT -> skipSized();
            case VALUE, COMPOUND_VALUE, CELL_VALUE, ASSIGN_CELL -> {
                in.skip(8);
                skipSized();
            }
            case EVENT -> {
                in.skip(1);
                skipSized();
                skipSized();
            }
            case ASM -> {
                for (long n = u32(); n > 0; n--) {
                    skipSized();
                }
            }
            case BIND_VARIABLE, VARIABLE_CELL -> in.skip(16);
            case DROP_VARIABLES -> in.skip(8 * u32());
            case ASSIGN_COMPOUND_ITEM -> in.skip(24);
            case DROP_VARIABLE -> in.skip(8);
            default -> throw new IllegalStateException(kind.label());
        }
    }

    private long u32() throws IOException, MalformedRecordException {
        long value = 0;
        for (int shift = 0; shift < 32; shift += 8) {
            value |= (long) in.next() << shift;
        }
        return value;
    }

    private long i64() throws IOException, MalformedRecordException {
        return in.littleEndian64();
    }

    /** A number without a sign; none if it is of more than 63 bits, since nothing has so many. */
    private long u63() throws IOException, MalformedRecordException {
        long number = i64();
        return number < 0 ? RecordSink.NO_NUMBER : number;
    }

    private void skipSized() throws IOException, MalformedRecordException {
        in.skip(u32());
    }
}
