package dev.tracetool.format.codetracer.ctfs;

import dev.tracetool.format.codetracer.RecordKind;
import dev.tracetool.format.codetracer.RecordTokens;
import dev.tracetool.format.codetracer.cbor.CborValues;
import java.io.IOException;

/**
 * The values that variables and places have, {@code values.dat}: a record for each step, most of them of nothing. One that is
 * malformed is told up to there.
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
        ValueFields fields = new ValueFields(records.record());
        try {
            while (fields.next()) {
                tell(fields, to);
            }
        } catch (MalformedContainerException e) {
            records.lose(e);
        }
    }

    private void tell(ValueFields fields, RecordTokens to) throws IOException {
        RecordKind kind = fields.kind;
        if (kind == null) {
            to.lose("record of values", "of a kind that is not known");
            return;
        }
        switch (kind) {
            case VALUE -> {
                object(kind, to);
                unsigned("variable_id", fields.variable, to);
                value("value", fields, to);
            }
            case BIND_VARIABLE, VARIABLE_CELL -> {
                object(kind, to);
                unsigned("variable_id", fields.variable, to);
                signed("place", fields.place, to);
                endObject(to);
            }
            case DROP_VARIABLE -> {
                begin(kind, to);
                to.number(Long.toUnsignedString(fields.variable));
                end(to);
            }
            case DROP_VARIABLES -> {
                begin(kind, to);
                to.startArray();
                for (long variable : fields.variables) {
                    to.number(Long.toUnsignedString(variable));
                }
                to.endArray();
                end(to);
            }
            case CELL_VALUE, COMPOUND_VALUE, ASSIGN_CELL -> {
                object(kind, to);
                signed("place", fields.place, to);
                value(kind == RecordKind.ASSIGN_CELL ? "new_value" : "value", fields, to);
            }
            case ASSIGN_COMPOUND_ITEM -> {
                object(kind, to);
                signed("place", fields.place, to);
                unsigned("index", fields.index, to);
                signed("item_place", fields.itemPlace, to);
                endObject(to);
            }
            case ASSIGNMENT -> {
                object(kind, to);
                unsigned("to", fields.variable, to);
                to.name("pass_by");
                to.text(PASSED_BY[fields.how]);
                value("from", fields, to);
            }
            default -> throw new IllegalStateException(kind.label());
        }
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
    private void value(String name, ValueFields fields, RecordTokens to) throws IOException {
        to.name(name);
        content.value(records.bytes(), fields.valueAt, fields.valueLength, to);
        endObject(to);
    }
}
