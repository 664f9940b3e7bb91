package dev.tracetool.format.codetracer.capnp;

import dev.tracetool.format.codetracer.BinaryHeader;
import dev.tracetool.format.codetracer.MalformedRecordException;
import dev.tracetool.format.codetracer.RecordKind;
import dev.tracetool.format.codetracer.RecordSink;
import dev.tracetool.format.codetracer.RecordTokens;
import dev.tracetool.trace.TraceException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The records of a trace: the first pointer of the root, a list of structs of a word of data and a pointer.
 *
 * <pre>
 * bits 0..15 of the word   which kind of record
 * the pointer              what it holds: a struct, or a text
 * </pre>
 *
 * <p>A step holds pointers to its path id and to its line; a function those and one to its name; a call, one to its
 * function id; each such number is a struct of one word. A null pointer is 0 or an empty text. Values are not looked at, but where records are copied.
 */
final class EventList {
    /** By tag: in this schema, the records of threads stand after {@code DropLastStep}. */
    private static final RecordKind[] KINDS = RecordKind.values();

    static {
        int last = KINDS.length - 1;
        RecordKind drop = KINDS[last];
        System.arraycopy(KINDS, last - 3, KINDS, last - 2, 3);
        KINDS[last - 3] = drop;
    }

    private final Message message;
    private final Ref events;
    private final Ref record = new Ref();
    private final Ref field = new Ref();

    /** Many records can refer to one long name, and each makes a text of it. */
    private final Traversal names;

    /** Of the record, from 1. */
    private long number;

    private EventList(Message message, Ref events) {
        this.message = message;
        this.events = events;
        this.names = Traversal.ofNames(message.words());
    }

    /** The kind of record that a tag says, null for one that is none. */
    static @Nullable RecordKind kind(int tag) {
        return tag < KINDS.length ? KINDS[tag] : null;
    }

    static EventList of(Message message, String name) throws IOException {
        Ref root = new Ref();
        Ref events = new Ref();
        boolean sound = message.root(root)
                && root.kind == Ref.STRUCT
                && message.pointer(root, 0, events)
                && (events.kind == Ref.NULL
                        || events.kind == Ref.LIST && events.elementSize == Ref.COMPOSITE && events.dataWords > 0);
        if (!sound) {
            throw new TraceException(
                    name, BinaryHeader.SIZE, "expected a message with a list of records, found another one");
        }
        if (events.kind == Ref.NULL) {
            events.count = 0;
        }
        return new EventList(message, events);
    }

    /** Reads all with all that they hold. */
    void copy(RecordTokens to, boolean bounded) throws IOException, MalformedRecordException {
        new EventTokens(message, events, to, bounded).copy();
    }

    void read(RecordSink sink) throws IOException, MalformedRecordException {
        int stride = events.dataWords + events.pointers;
        long at = events.at;
        for (long i = 0; i < events.count; i++, at += stride) {
            int tag = (int) message.word(at) & 0xFFFF;
            number = i + 1;
            if (tag >= KINDS.length) {
                sink.unknown("the number " + tag);
            } else {
                pass(KINDS[tag], at + events.dataWords, sink);
            }
        }
    }

    private void pass(RecordKind kind, long pointer, RecordSink sink) throws IOException, MalformedRecordException {
        switch (kind) {
            case STEP -> {
                content(pointer);
                sink.step(number(0), number(1));
            }
            case PATH -> {
                content(pointer);
                sink.path(text(0));
            }
            case FUNCTION -> {
                content(pointer);
                sink.function(number(0), number(1), text(2));
            }
            case CALL -> {
                content(pointer);
                sink.call(number(0));
            }
            case THREAD_START, THREAD_EXIT, THREAD_SWITCH -> {
                content(pointer);
                sink.thread(kind, own(record));
            }
            case RETURN -> sink.leave();
            case DROP_LAST_STEP -> sink.dropLastStep();
            default -> sink.other(kind);
        }
    }

    private void content(long pointer) throws IOException {
        record.kind = Ref.NULL;
        if (events.pointers > 0 && !message.resolve(events.segment, pointer, record)) {
            record.kind = Ref.LIST; // no struct: nothing of it can be had
            record.elementSize = 0;
        }
    }

    /** The number that a pointer of the record points to. */
    private long number(int pointer) throws IOException {
        if (record.kind == Ref.LIST || !message.pointer(record, pointer, field)) {
            return RecordSink.NO_NUMBER;
        }
        return own(field);
    }

    /** The number that a struct is. */
    private long own(Ref struct) throws IOException {
        if (struct.kind == Ref.LIST) {
            return RecordSink.NO_NUMBER;
        }
        return struct.kind == Ref.NULL || struct.dataWords == 0 ? 0 : message.word(struct.at);
    }

    private String text(int pointer) throws IOException, MalformedRecordException {
        if (record.kind == Ref.LIST || !message.pointer(record, pointer, field)) {
            return RecordSink.NO_NAME;
        }
        if (field.kind == Ref.LIST && field.count <= RecordSink.MAX_NAME) {
            names.spend(field.count / Long.BYTES, number);
        }
        @Nullable String text = message.text(field, RecordSink.MAX_NAME);
        return text == null ? RecordSink.NO_NAME : text;
    }
}
