package dev.tracetool.format.codetracer.ctfs;

import dev.tracetool.format.codetracer.RecordKind;
import dev.tracetool.format.codetracer.RecordTokens;
import dev.tracetool.format.codetracer.RecordVisitor;
import dev.tracetool.format.codetracer.cbor.CborValues;
import dev.tracetool.trace.Damage;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a recording has beside its steps and calls, told in step with them: values of variables ({@code values.dat}, a
 * record for each step), output ({@code events.dat}, each with its step), and what calls were given and returned.
 *
 * <pre>
 * values   of each step nothing, or one after the other:
 *          0 number, and for each variable and value     1 variable, place     2 variable     3 number, variables
 *          4 place, value     5 place, value     6 place, value     7 place, index, place     8 variable, place
 *          9 variable, u8 how, source     from 10 on: length, bytes of what is not known
 * events   u8 kind   step   length, metadata   length, content
 * </pre>
 *
 * <p>Numbers are varints, places signed ones; a value is CBOR with its length before it. So {@code value_stream.nim} and
 * {@code io_event_stream.nim} of codetracer-trace-format-nim have it.
 */
final class StepRecords {
    static final String VALUES = "values";
    static final String OUTPUT = "events";

    /** Of calls that are open; what comes to more is not kept. */
    private static final long MAX_HELD = 1L << 26;

    private static final String[] PASSED_BY = {"Value", "Reference"};

    /** What is kept of a call until it begins, and until it ends. */
    private record Held(long position, byte[] arguments, byte[] returned) {
        long size() {
            return (long) arguments.length + returned.length;
        }
    }

    private final RecordVisitor visitor;
    private final Damage damage;
    private final ChunkedRecords values;
    private final ChunkedRecords output;
    private final CborValues content = new CborValues();
    private final Map<Long, Held> open = new HashMap<>();
    private long held;
    private int thread;

    /** Where records go; null until there is one. */
    private @Nullable RecordTokens tokens;

    /** Steps whose records come next; {@link Long#MAX_VALUE} if there are no more. */
    private long stepOfValues = -1;

    private long stepOfOutput = -1;

    /** Fields of the next record of output. */
    private int kind;

    private int metadataAt;
    private int metadataLength;
    private int contentAt;
    private int contentLength;

    /** @param stored whether chunks are not packed */
    StepRecords(RecordVisitor visitor, Directory directory, boolean stored, FrameUnpacker unpacker, Damage damage)
            throws IOException {
        this.visitor = visitor;
        this.damage = damage;
        this.values = ChunkedRecords.open(directory, VALUES, stored, unpacker, damage);
        this.output = ChunkedRecords.open(directory, OUTPUT, stored, unpacker, damage);
        nextValues();
        nextOutput();
    }

    /** Records there are of steps before this one, and not of all before any earlier one. */
    long next() {
        long next = Math.min(stepOfValues, stepOfOutput);
        return next == Long.MAX_VALUE ? next : next + 1;
    }

    /** Tells all records of steps before that one. */
    void before(long step) throws IOException {
        while (Math.min(stepOfValues, stepOfOutput) < step) {
            tokens = visitor.records(thread);
            if (stepOfValues <= stepOfOutput) {
                tellValues();
                nextValues();
            } else {
                tellOutput();
                nextOutput();
            }
        }
    }

    /** What follows is of that thread. */
    void thread(int number) {
        thread = number;
    }

    private RecordTokens to() {
        return Objects.requireNonNull(tokens, "no records");
    }

    /** Goes on to a step that has any. */
    private void nextValues() throws IOException {
        while (values.next()) {
            if (values.length() > 0) {
                stepOfValues = values.number();
                return;
            }
        }
        stepOfValues = Long.MAX_VALUE;
    }

    private void tellValues() throws IOException {
        Cursor in = values.cursor();
        int end = in.at() + values.length();
        try {
            while (in.at() < end) {
                tell(in);
            }
            if (in.at() > end) {
                throw in.malformed("expected values of " + values.length() + " bytes, found more");
            }
        } catch (MalformedContainerException e) {
            values.drop(e);
        }
    }

    private void tell(Cursor in) throws IOException, MalformedContainerException {
        int tag = in.u8();
        switch (tag) {
            case 0 -> {
                for (int n = in.count(2); n > 0; n--) {
                    long variable = in.varint();
                    int length = in.skipBytes();
                    object(RecordKind.VALUE);
                    unsigned("variable_id", variable);
                    value("value", in.at() - length, length);
                }
            }
            case 1 -> {
                long variable = in.varint();
                variablePlace(RecordKind.BIND_VARIABLE, variable, in.signed());
            }
            case 2 -> {
                long variable = in.varint();
                begin(RecordKind.DROP_VARIABLE);
                to().number(Long.toUnsignedString(variable));
                end();
            }
            case 3 -> dropVariables(in);
            case 4 -> placeValue(RecordKind.CELL_VALUE, "value", in);
            case 5 -> placeValue(RecordKind.COMPOUND_VALUE, "value", in);
            case 6 -> placeValue(RecordKind.ASSIGN_CELL, "new_value", in);
            case 7 -> {
                long place = in.signed();
                long index = in.varint();
                long item = in.signed();
                object(RecordKind.ASSIGN_COMPOUND_ITEM);
                signed("place", place);
                unsigned("index", index);
                signed("item_place", item);
                endObject();
            }
            case 8 -> {
                long variable = in.varint();
                variablePlace(RecordKind.VARIABLE_CELL, variable, in.signed());
            }
            case 9 -> {
                long variable = in.varint();
                int how = in.u8();
                int length = in.skipBytes();
                if (how >= PASSED_BY.length) {
                    throw in.malformed("expected an assignment by value (0) or reference (1), found " + how);
                }
                object(RecordKind.ASSIGNMENT);
                unsigned("to", variable);
                to().name("pass_by");
                to().text(PASSED_BY[how]);
                value("from", in.at() - length, length);
            }
            default -> {
                in.skipBytes();
                to().lose("record of values", "of a kind that is not known");
            }
        }
    }

    private void dropVariables(Cursor in) throws IOException, MalformedContainerException {
        int count = in.count(1);
        long[] variables = new long[count];
        for (int i = 0; i < count; i++) {
            variables[i] = in.varint();
        }
        begin(RecordKind.DROP_VARIABLES);
        to().startArray();
        for (long variable : variables) {
            to().number(Long.toUnsignedString(variable));
        }
        to().endArray();
        end();
    }

    private void variablePlace(RecordKind what, long variable, long place) throws IOException {
        object(what);
        unsigned("variable_id", variable);
        signed("place", place);
        endObject();
    }

    private void placeValue(RecordKind what, String name, Cursor in) throws IOException, MalformedContainerException {
        long place = in.signed();
        int length = in.skipBytes();
        object(what);
        signed("place", place);
        value(name, in.at() - length, length);
    }

    private void begin(RecordKind what) {
        to().begin(values.position());
        to().startObject();
        to().name(what.label());
    }

    private void end() throws IOException {
        to().endObject();
        to().end();
    }

    private void object(RecordKind what) {
        begin(what);
        to().startObject();
    }

    private void endObject() throws IOException {
        to().endObject();
        end();
    }

    private void unsigned(String name, long number) {
        to().name(name);
        to().number(Long.toUnsignedString(number));
    }

    private void signed(String name, long number) {
        to().name(name);
        to().number(number);
    }

    /** The last member of a record, in the bytes of the chunk of values. */
    private void value(String name, int from, int length) throws IOException {
        to().name(name);
        content.value(values.bytes(), from, length, to());
        endObject();
    }

    /** Goes on to the next record that can be read. One of an earlier step is of the last one. */
    private void nextOutput() throws IOException {
        while (output.next()) {
            Cursor in = output.cursor();
            int end = in.at() + output.length();
            try {
                kind = in.u8();
                long step = in.varint();
                metadataLength = in.skipBytes();
                metadataAt = in.at() - metadataLength;
                contentLength = in.skipBytes();
                contentAt = in.at() - contentLength;
                if (in.at() != end || step < 0) {
                    throw in.malformed("expected output of " + output.length() + " bytes of a step, found another end");
                }
                stepOfOutput = Math.min(Math.max(step, stepOfOutput), Long.MAX_VALUE - 1);
                return;
            } catch (MalformedContainerException e) {
                output.drop(e);
            }
        }
        stepOfOutput = Long.MAX_VALUE;
    }

    private void tellOutput() throws IOException {
        to().begin(output.position());
        to().startObject();
        to().name(RecordKind.EVENT.label());
        to().startObject();
        to().name("kind");
        to().number(kind);
        to().name("metadata");
        content.text(output.bytes(), metadataAt, metadataLength, to());
        to().name("content");
        content.text(output.bytes(), contentAt, contentLength, to());
        endObject();
    }

    /** A call is going to begin; what it was given and returns is kept until it has. */
    void keep(CallStream call) {
        boolean nothing = call.returnedNothing();
        byte[] arguments = new byte[0];
        byte[] returned = new byte[0];
        if (held + call.valueBytes() > MAX_HELD) {
            damage.add(
                    call.position(),
                    "expected at most " + MAX_HELD
                            + " bytes of arguments and returned values of open calls, found more",
                    call.valueBytes(),
                    0,
                    0);
        } else {
            arguments = call.arguments();
            returned = nothing ? call.raised() : call.returned();
            if (!nothing && call.exception()) {
                visitor.lose("exception", "of a call that returned something too");
            } else if (call.exception()) {
                visitor.lose("exception", "of a call, written as what it returned");
            }
        }
        Held kept = new Held(call.position(), arguments, returned);
        held += kept.size();
        Held other = open.put(call.key(), kept);
        held -= other == null ? 0 : other.size();
    }

    /** The start of a call is told next. */
    void starts(long key) {
        Held call = open.get(key);
        if (call == null || call.arguments.length == 0) {
            visitor.arguments(null);
            return;
        }
        Held rest = new Held(call.position, new byte[0], call.returned);
        held -= call.arguments.length;
        open.put(key, rest);
        visitor.arguments(value(call.position, tokens -> tellArguments(call.arguments, tokens)));
    }

    private interface Copy {
        void to(RecordTokens tokens) throws IOException;
    }

    private static RecordVisitor.Value value(long position, Copy copy) {
        return new RecordVisitor.Value() {
            @Override
            public long position() {
                return position;
            }

            @Override
            public void copy(RecordTokens tokens) throws IOException {
                copy.to(tokens);
            }
        };
    }

    /** All of it was read once already, when the call was. */
    private void tellArguments(byte[] arguments, RecordTokens tokens) throws IOException {
        Cursor in = new Cursor(arguments, 0, arguments.length, 0, true);
        tokens.startArray();
        try {
            for (int n = in.count(2); n > 0 && tokens.wanted(); n--) {
                long variable = in.varint();
                int length = in.skipBytes();
                tokens.startObject();
                tokens.name("variable_id");
                tokens.number(Long.toUnsignedString(variable));
                tokens.name("value");
                content.value(arguments, in.at() - length, length, tokens);
                tokens.endObject();
            }
        } catch (MalformedContainerException e) {
            throw new IllegalStateException(e);
        }
        tokens.endArray();
    }

    /** The end of a call is told next. */
    void ends(long key) {
        Held call = open.remove(key);
        if (call == null || call.returned.length == 0) {
            visitor.returned(null);
        } else {
            byte[] returned = call.returned;
            visitor.returned(value(call.position, tokens -> content.value(returned, 0, returned.length, tokens)));
        }
        held -= call == null ? 0 : call.size();
    }

    /** An exception is told next. */
    void raised(long position, byte[] text, int from, int length) throws IOException {
        visitor.raised(value(position, tokens -> content.text(text, from, length, tokens)));
    }

    void threadExit(int number) throws IOException {
        visitor.threadExit(number);
    }
}
