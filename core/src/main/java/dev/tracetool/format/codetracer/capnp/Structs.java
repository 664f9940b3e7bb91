package dev.tracetool.format.codetracer.capnp;

import dev.tracetool.format.codetracer.MalformedRecordException;
import dev.tracetool.format.codetracer.RecordTokens;
import dev.tracetool.format.codetracer.Utf8Reader;
import java.io.IOException;

/**
 * What structs hold, as tokens. What a struct does not have, because it was written by an older schema or is a null
 * pointer, is zero or empty. A pointer that is not sound spoils the record.
 */
final class Structs {
    private final Message message;
    private final RecordTokens to;
    private final Traversal traversal;
    private final Ref field = new Ref();

    /** The number of the record that is read, for errors. */
    private long record;

    Structs(Message message, RecordTokens to, Traversal traversal) {
        this.message = message;
        this.to = to;
        this.traversal = traversal;
    }

    void record(long number) throws MalformedRecordException {
        record = number;
        spend(1);
    }

    /** Looks at so many words, once more for each who refers to them. */
    void spend(long words) throws MalformedRecordException {
        traversal.spend(words, record);
    }

    /** A word of the data of a struct. */
    long word(Ref struct, int number) throws IOException {
        return struct.kind == Ref.STRUCT && number < struct.dataWords ? message.word(struct.at + number) : 0;
    }

    /** The struct that the word at that index points to. */
    void struct(int segment, long index, Ref into) throws IOException, MalformedRecordException {
        check(message.resolve(segment, index, into), Ref.STRUCT, into);
    }

    /** The struct that a pointer of another one points to. */
    void struct(Ref in, int pointer, Ref into) throws IOException, MalformedRecordException {
        check(message.pointer(in, pointer, into), Ref.STRUCT, into);
    }

    /** The list that a pointer of a struct points to. */
    void list(Ref in, int pointer, Ref into) throws IOException, MalformedRecordException {
        check(message.pointer(in, pointer, into), Ref.LIST, into);
    }

    /** The list that the word at that index points to. */
    void list(int segment, long index, Ref into) throws IOException, MalformedRecordException {
        check(message.resolve(segment, index, into), Ref.LIST, into);
    }

    private void check(boolean sound, int kind, Ref found) throws MalformedRecordException {
        spend(1);
        if (!sound || found.kind != Ref.NULL && found.kind != kind) {
            spoil();
            found.kind = Ref.NULL;
        }
    }

    private void spoil() {
        to.spoil("expected a pointer to what the schema has there, found another one");
    }

    /** How many structs a list has; one of something else spoils the record. */
    long structs(Ref list) {
        if (list.kind == Ref.LIST && list.elementSize == Ref.COMPOSITE) {
            return list.count;
        }
        return other(list);
    }

    /** How many pointers a list has; one of something else spoils the record. */
    long pointers(Ref list) {
        if (list.kind == Ref.LIST && list.elementSize == 6) {
            return list.count;
        }
        return other(list);
    }

    private long other(Ref list) {
        if (list.kind != Ref.NULL && list.count > 0) {
            spoil();
        }
        return 0;
    }

    /** The struct that is that element of a list of structs. */
    void element(Ref list, long index, Ref into) throws MalformedRecordException {
        int size = list.dataWords + list.pointers;
        spend(Math.max(1, size));
        into.kind = Ref.STRUCT;
        into.segment = list.segment;
        into.dataWords = list.dataWords;
        into.pointers = list.pointers;
        into.at = list.at + index * size;
    }

    /** A member that is a struct of one number, such as an id. */
    void number(String name, Ref in, int pointer) throws IOException, MalformedRecordException {
        to.name(name);
        struct(in, pointer, field);
        to.number(word(field, 0));
    }

    /** A number without a sign. */
    void unsigned(long number) {
        if (number >= 0) {
            to.number(number);
        } else {
            to.number(Long.toUnsignedString(number));
        }
    }

    /** A member that is a text. */
    void text(String name, Ref in, int pointer) throws IOException, MalformedRecordException {
        to.name(name);
        text(in, pointer);
    }

    void text(Ref in, int pointer) throws IOException, MalformedRecordException {
        list(in, pointer, field);
        text();
    }

    void text(int segment, long index) throws IOException, MalformedRecordException {
        list(segment, index, field);
        text();
    }

    /** Behind a text stands a byte of zero, which counts. */
    private void text() throws IOException, MalformedRecordException {
        long size = sizeOfBytes() - 1;
        if (size <= 0) {
            to.text("");
            return;
        }
        spend(size / Long.BYTES + 1);
        if (size <= RecordTokens.MAX_MEMBER) {
            String text = message.text(field, RecordTokens.MAX_MEMBER);
            if (text != null && text.indexOf('\uFFFD') < 0) {
                to.text(text);
                return;
            }
        }
        try (Utf8Reader reader = new Utf8Reader(new WordsInput(message, field.at, size))) {
            to.text(reader);
            if (reader.isMalformed()) {
                to.lose("malformed UTF-8 text", "with replacement characters");
            }
        }
    }

    /** A member that is a list of bytes. */
    void bytes(String name, Ref in, int pointer) throws IOException, MalformedRecordException {
        to.name(name);
        list(in, pointer, field);
        long size = sizeOfBytes();
        spend(size / Long.BYTES + 1);
        to.bytes(new WordsInput(message, field.at, size));
    }

    private long sizeOfBytes() {
        if (field.kind == Ref.LIST && field.elementSize == 2) {
            return field.count;
        }
        return other(field);
    }

    /** A list of structs of one number each, such as ids. */
    void numbers(Ref list) throws IOException, MalformedRecordException {
        to.startArray();
        long count = structs(list);
        for (long i = 0; i < count && to.wanted(); i++) {
            element(list, i, field);
            to.number(word(field, 0));
        }
        to.endArray();
    }
}
