package dev.tracetool.format.codetracer.ctfs;

import dev.tracetool.format.codetracer.RecordKind;
import dev.tracetool.format.codetracer.RecordTokens;
import dev.tracetool.format.codetracer.cbor.CborValues;
import java.io.IOException;

/**
 * The values that variables and places have, {@code values.dat}: a record for each step, of nothing, or of one after the
 * other of these.
 *
 * <pre>
 * 0 number, and for each variable and value     1 variable, place     2 variable     3 number, variables
 * 4 place, value     5 place, value     6 place, value     7 place, index, place     8 variable, place
 * 9 variable, u8 how, source     from 10 on: length, bytes of what is not known
 * </pre>
 *
 * <p>Numbers are varints, places signed ones; a value is CBOR with its length before it. So {@code value_stream.nim} of
 * codetracer-trace-format-nim has it.
 */
final class ValueRecords extends StepRecords.Source {
    static final String NAME = "values";

    private static final String[] PASSED_BY = {"Value", "Reference"};

    ValueRecords(ChunkedRecords values, CborValues content) {
        super(values, content);
    }

    /** Of most steps there are none. */
    @Override
    long stepOf(long before) {
        return records.length() > 0 ? records.number() : NO_STEP;
    }

    @Override
    void tell(RecordTokens to) throws IOException {
        Cursor in = records.record();
        try {
            while (in.left() > 0) {
                tell(in, to);
            }
        } catch (MalformedContainerException e) {
            records.lose(e);
        }
    }

    private void tell(Cursor in, RecordTokens to) throws IOException, MalformedContainerException {
        int tag = in.u8();
        switch (tag) {
            case 0 -> {
                for (int n = in.count(2); n > 0; n--) {
                    long variable = in.varint();
                    int length = in.skipBytes();
                    object(RecordKind.VALUE, to);
                    unsigned("variable_id", variable, to);
                    value("value", in.at() - length, length, to);
                }
            }
            case 1 -> {
                long variable = in.varint();
                variablePlace(RecordKind.BIND_VARIABLE, variable, in.signed(), to);
            }
            case 2 -> {
                long variable = in.varint();
                begin(RecordKind.DROP_VARIABLE, to);
                to.number(Long.toUnsignedString(variable));
                end(to);
            }
            case 3 -> dropVariables(in, to);
            case 4 -> placeValue(RecordKind.CELL_VALUE, "value", in, to);
            case 5 -> placeValue(RecordKind.COMPOUND_VALUE, "value", in, to);
            case 6 -> placeValue(RecordKind.ASSIGN_CELL, "new_value", in, to);
            case 7 -> {
                long place = in.signed();
                long index = in.varint();
                long item = in.signed();
                object(RecordKind.ASSIGN_COMPOUND_ITEM, to);
                signed("place", place, to);
                unsigned("index", index, to);
                signed("item_place", item, to);
                endObject(to);
            }
            case 8 -> {
                long variable = in.varint();
                variablePlace(RecordKind.VARIABLE_CELL, variable, in.signed(), to);
            }
            case 9 -> {
                long variable = in.varint();
                int how = in.u8();
                int length = in.skipBytes();
                if (how >= PASSED_BY.length) {
                    throw in.malformed("expected an assignment by value (0) or reference (1), found " + how);
                }
                object(RecordKind.ASSIGNMENT, to);
                unsigned("to", variable, to);
                to.name("pass_by");
                to.text(PASSED_BY[how]);
                value("from", in.at() - length, length, to);
            }
            default -> {
                in.skipBytes();
                to.lose("record of values", "of a kind that is not known");
            }
        }
    }

    private void dropVariables(Cursor in, RecordTokens to) throws IOException, MalformedContainerException {
        int count = in.count(1);
        long[] variables = new long[count];
        for (int i = 0; i < count; i++) {
            variables[i] = in.varint();
        }
        begin(RecordKind.DROP_VARIABLES, to);
        to.startArray();
        for (long variable : variables) {
            to.number(Long.toUnsignedString(variable));
        }
        to.endArray();
        end(to);
    }

    private void variablePlace(RecordKind what, long variable, long place, RecordTokens to) throws IOException {
        object(what, to);
        unsigned("variable_id", variable, to);
        signed("place", place, to);
        endObject(to);
    }

    private void placeValue(RecordKind what, String name, Cursor in, RecordTokens to)
            throws IOException, MalformedContainerException {
        long place = in.signed();
        int length = in.skipBytes();
        object(what, to);
        signed("place", place, to);
        value(name, in.at() - length, length, to);
    }

    private void begin(RecordKind what, RecordTokens to) {
        to.begin(records.position());
        to.startObject();
        to.name(what.label());
    }

    private static void end(RecordTokens to) throws IOException {
        to.endObject();
        to.end();
    }

    private void object(RecordKind what, RecordTokens to) {
        begin(what, to);
        to.startObject();
    }

    private static void endObject(RecordTokens to) throws IOException {
        to.endObject();
        end(to);
    }

    private static void unsigned(String name, long number, RecordTokens to) {
        to.name(name);
        to.number(Long.toUnsignedString(number));
    }

    private static void signed(String name, long number, RecordTokens to) {
        to.name(name);
        to.number(number);
    }

    /** The last member of a record, in the bytes of the chunk of values. */
    private void value(String name, int from, int length, RecordTokens to) throws IOException {
        to.name(name);
        content.value(records.bytes(), from, length, to);
        endObject(to);
    }
}
