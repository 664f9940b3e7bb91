package dev.tracetool.format.codetracer.ctfs;

import dev.tracetool.format.codetracer.RecordTokens;
import dev.tracetool.format.codetracer.RecordVisitor;
import dev.tracetool.format.codetracer.cbor.CborValues;
import dev.tracetool.trace.Damage;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/** What calls were given and returned: their records have both, and are read before the call begins. */
final class CallValues {
    /** Of calls that are open; what comes to more is not kept. */
    private static final long MAX_HELD = 1L << 24;

    /** What keeping a call takes beside the bytes of its values. */
    private static final long EACH = 128;

    private static final byte[] NONE = {};

    /** What is kept of a call until it begins, and until it ends. */
    private record Held(long position, byte[] arguments, byte[] returned) {
        long size() {
            return EACH + arguments.length + returned.length;
        }
    }

    private final RecordVisitor visitor;
    private final Damage damage;
    private final CborValues content;
    private final Map<Long, Held> open = new HashMap<>();
    private long held;

    CallValues(RecordVisitor visitor, CborValues content, Damage damage) {
        this.visitor = visitor;
        this.content = content;
        this.damage = damage;
    }

    /** A call is going to begin; what it was given and returns is kept until it has. */
    void keep(CallStream call) {
        boolean nothing = call.returnedNothing();
        if (call.argumentsOfCall() == 0 && nothing && !call.exception()) {
            return;
        }
        if (held + EACH + call.valueBytes() > MAX_HELD) {
            damage.add(
                    call.position(),
                    "expected at most " + MAX_HELD
                            + " bytes of arguments and returned values of open calls, found more",
                    call.valueBytes(),
                    0,
                    0);
            return;
        }
        if (call.exception()) {
            String what = nothing ? "of a call, written as what it returned" : "of a call that returned something too";
            visitor.lose("exception", what);
        }
        Held kept = new Held(call.position(), call.arguments(), nothing ? call.raised() : call.returned());
        held += kept.size();
        Held other = open.put(call.key(), kept);
        held -= other == null ? 0 : other.size();
    }

    /** The start of a call is told next. */
    void starts(long key) {
        Held call = open.get(key);
        if (call == null) {
            visitor.arguments(null);
            return;
        }
        held -= call.arguments.length;
        open.put(key, new Held(call.position, NONE, call.returned));
        visitor.arguments(value(call.position, tokens -> tellArguments(call.arguments, tokens)));
    }

    interface Copy {
        void to(RecordTokens tokens) throws IOException;
    }

    /** A value that lies there. */
    static RecordVisitor.Value value(long position, Copy copy) {
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
}
