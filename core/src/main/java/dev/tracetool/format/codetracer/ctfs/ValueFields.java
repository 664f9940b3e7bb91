package dev.tracetool.format.codetracer.ctfs;

import dev.tracetool.format.codetracer.RecordKind;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a record of values consists of: nothing, or one after the other of these. It is the one place that knows where
 * a value ends, so that all find as many of them.
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
final class ValueFields {
    private static final RecordKind[] KINDS = {
        RecordKind.VALUE,
        RecordKind.BIND_VARIABLE,
        RecordKind.DROP_VARIABLE,
        RecordKind.DROP_VARIABLES,
        RecordKind.CELL_VALUE,
        RecordKind.COMPOUND_VALUE,
        RecordKind.ASSIGN_CELL,
        RecordKind.ASSIGN_COMPOUND_ITEM,
        RecordKind.VARIABLE_CELL,
        RecordKind.ASSIGNMENT
    };

    /** How an assignment passes on. */
    private static final int WAYS = 2;

    private final Cursor in;

    /** Values of variables that are still to come before the next tag. */
    private int left;

    // What was read last; what its kind does not have is of an earlier one.

    /** Null if it is not known. */
    @Nullable
    RecordKind kind;

    long variable;
    long place;
    long index;
    long itemPlace;

    /** By value (0) or by reference (1). */
    int how;

    /** Where the value lies in the bytes of the cursor. */
    int valueAt;

    int valueLength;
    long[] variables = {};

    /** @param record of which all is read */
    ValueFields(Cursor record) {
        this.in = record;
    }

    /**
     * Reads what comes next.
     *
     * @return false at the end
     * @throws MalformedContainerException if the rest of the record cannot be read; what came before it is sound
     */
    boolean next() throws MalformedContainerException {
        while (left == 0) {
            if (in.left() == 0) {
                return false;
            }
            int tag = in.u8();
            kind = tag < KINDS.length ? KINDS[tag] : null;
            if (kind != RecordKind.VALUE) {
                read(kind);
                return true;
            }
            left = in.count(2);
        }
        left--;
        variable = in.varint();
        value();
        return true;
    }

    private void read(@Nullable RecordKind of) throws MalformedContainerException {
        if (of == null) {
            in.skipBytes();
            return;
        }
        switch (of) {
            case BIND_VARIABLE, VARIABLE_CELL -> {
                variable = in.varint();
                place = in.signed();
            }
            case DROP_VARIABLE -> variable = in.varint();
            case DROP_VARIABLES -> {
                variables = new long[in.count(1)];
                for (int i = 0; i < variables.length; i++) {
                    variables[i] = in.varint();
                }
            }
            case CELL_VALUE, COMPOUND_VALUE, ASSIGN_CELL -> {
                place = in.signed();
                value();
            }
            case ASSIGN_COMPOUND_ITEM -> {
                place = in.signed();
                index = in.varint();
                itemPlace = in.signed();
            }
            case ASSIGNMENT -> {
                variable = in.varint();
                how = in.u8();
                value();
                if (how >= WAYS) {
                    throw in.malformed("expected an assignment by value (0) or reference (1), found " + how);
                }
            }
            default -> throw new IllegalStateException(of.label());
        }
    }

    private void value() throws MalformedContainerException {
        valueLength = in.skipBytes();
        valueAt = in.at() - valueLength;
    }
}
