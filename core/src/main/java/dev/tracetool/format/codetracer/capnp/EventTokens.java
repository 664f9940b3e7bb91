package dev.tracetool.format.codetracer.capnp;

import dev.tracetool.format.codetracer.BinaryHeader;
import dev.tracetool.format.codetracer.MalformedRecordException;
import dev.tracetool.format.codetracer.RecordKind;
import dev.tracetool.format.codetracer.RecordTokens;
import java.io.IOException;

/**
 * Copies records with all that they hold, as the JSON of CodeTracer's own writer has them. Which field lies where is the
 * schema's ({@code trace.capnp} of the repository codetracer-trace-format): {@code p0} and so on are pointers.
 */
final class EventTokens {
    /** The kinds of events of output and the like, by their number in the schema: their number in JSON. */
    private static final int[] EVENT_KINDS = {0, 1, 3, 4, 6, 7, 8, 9, 10, 11, 12, 2, 5, 13};

    private final Message message;
    private final Ref events;
    private final RecordTokens to;
    private final Structs structs;
    private final Values values;
    private final Ref record = new Ref();
    private final Ref part = new Ref();
    private final Ref item = new Ref();

    EventTokens(Message message, Ref events, RecordTokens to, boolean bounded) {
        this.message = message;
        this.events = events;
        this.to = to;
        this.structs = new Structs(message, to, Traversal.ofAll(message.words(), bounded));
        this.values = new Values(to, structs);
    }

    void copy() throws IOException, MalformedRecordException {
        int stride = events.dataWords + events.pointers;
        long at = events.at;
        for (long i = 0; i < events.count; i++, at += stride) {
            to.begin(BinaryHeader.SIZE);
            structs.record(i + 1);
            int tag = (int) message.word(at) & 0xFFFF;
            RecordKind kind = EventList.kind(tag);
            if (kind == null) {
                to.spoil("expected a kind of record, found the number " + tag);
            } else if (kind == RecordKind.DROP_LAST_STEP) {
                to.text(kind.label());
            } else {
                to.startObject();
                to.name(kind.label());
                content(kind, at + events.dataWords);
                to.endObject();
            }
            to.end();
        }
    }

    private void content(RecordKind kind, long pointer) throws IOException, MalformedRecordException {
        boolean there = events.pointers > 0;
        switch (kind) {
            case VARIABLE_NAME, VARIABLE -> {
                if (there) {
                    structs.text(events.segment, pointer);
                } else {
                    to.text("");
                }
            }
            case ASM -> texts(there, pointer);
            case DROP_VARIABLES -> {
                list(there, pointer);
                structs.numbers(part);
            }
            default -> {
                record.kind = Ref.NULL;
                if (there) {
                    structs.struct(events.segment, pointer, record);
                }
                struct(kind);
            }
        }
    }

    private void list(boolean there, long pointer) throws IOException, MalformedRecordException {
        part.kind = Ref.NULL;
        if (there) {
            structs.list(events.segment, pointer, part);
        }
    }

    private void texts(boolean there, long pointer) throws IOException, MalformedRecordException {
        list(there, pointer);
        to.startArray();
        long count = structs.pointers(part);
        for (long i = 0; i < count && to.wanted(); i++) {
            structs.text(part.segment, part.at + i);
        }
        to.endArray();
    }

    /** What is one text or number, which is a struct of its own all the same. */
    private void struct(RecordKind kind) throws IOException, MalformedRecordException {
        switch (kind) {
            case PATH -> structs.text(record, 0);
            case DROP_VARIABLE -> to.number(structs.word(record, 0));
            case THREAD_START, THREAD_EXIT, THREAD_SWITCH -> structs.unsigned(structs.word(record, 0));
            default -> {
                to.startObject();
                members(kind);
                to.endObject();
            }
        }
    }

    private void members(RecordKind kind) throws IOException, MalformedRecordException {
        switch (kind) {
            case STEP -> {
                structs.number("path_id", record, 0);
                structs.number("line", record, 1);
            }
            case FUNCTION -> {
                structs.number("path_id", record, 0);
                structs.number("line", record, 1);
                structs.text("name", record, 2);
            }
            case CALL -> {
                structs.number("function_id", record, 0);
                arguments();
            }
            case RETURN -> values.value("return_value", record, 0);
            case VALUE -> {
                structs.number("variable_id", record, 0);
                values.value("value", record, 1);
            }
            case TYPE -> type();
            case EVENT -> {
                int number = (int) structs.word(record, 0) & 0xFFFF;
                to.name("kind");
                to.number(number < EVENT_KINDS.length ? EVENT_KINDS[number] : number);
                structs.text("metadata", record, 1);
                structs.text("content", record, 0);
            }
            case BIND_VARIABLE, VARIABLE_CELL -> {
                structs.number("variable_id", record, 0);
                structs.number("place", record, 1);
            }
            case ASSIGNMENT -> assignment();
            case COMPOUND_VALUE, CELL_VALUE -> {
                structs.number("place", record, 0);
                values.value("value", record, 1);
            }
            case ASSIGN_CELL -> {
                structs.number("place", record, 0);
                values.value("new_value", record, 1);
            }
            case ASSIGN_COMPOUND_ITEM -> {
                structs.number("place", record, 0);
                to.name("index");
                to.number(structs.word(record, 0));
                structs.number("item_place", record, 1);
            }
            default -> throw new IllegalStateException(kind.label());
        }
    }

    private void arguments() throws IOException, MalformedRecordException {
        to.name("args");
        to.startArray();
        structs.list(record, 1, part);
        long count = structs.structs(part);
        for (long i = 0; i < count && to.wanted(); i++) {
            structs.element(part, i, item);
            to.startObject();
            structs.number("variable_id", item, 0);
            values.value("value", item, 1);
            to.endObject();
        }
        to.endArray();
    }

    private void type() throws IOException, MalformedRecordException {
        to.name("kind");
        to.number(structs.word(record, 0) & 0xFFFF);
        structs.text("lang_type", record, 0);
        to.name("specific_info");
        to.startObject();
        structs.struct(record, 1, item);
        to.name("kind");
        switch ((int) structs.word(item, 0) & 0xFFFF) {
            case 0 -> to.text("None");
            case 1 -> {
                to.text("Struct");
                to.name("fields");
                fields();
            }
            case 2 -> {
                to.text("Pointer");
                structs.number("dereference_type_id", item, 0);
            }
            default -> {
                to.lose("type detail of an unknown kind", "written as none");
                to.text("None");
            }
        }
        to.endObject();
    }

    private void fields() throws IOException, MalformedRecordException {
        to.startArray();
        structs.list(item, 0, part);
        long count = structs.structs(part);
        for (long i = 0; i < count && to.wanted(); i++) {
            structs.element(part, i, item);
            to.startObject();
            structs.text("name", item, 0);
            structs.number("type_id", item, 1);
            to.endObject();
        }
        to.endArray();
    }

    private void assignment() throws IOException, MalformedRecordException {
        structs.number("to", record, 0);
        to.name("pass_by");
        to.text(passedBy((int) structs.word(record, 0) & 0xFFFF));
        to.name("from");
        to.startObject();
        structs.struct(record, 1, item);
        int kind = (int) structs.word(item, 0) & 0xFFFF;
        to.name("kind");
        if (kind == 0) {
            to.text("Simple");
            structs.number("data", item, 0);
        } else {
            to.text("Compound");
            to.name("data");
            part.kind = Ref.NULL;
            if (kind == 1) {
                structs.list(item, 0, part);
            } else {
                to.lose("source of an assignment of an unknown kind", "written as none"); // as its own readers do
            }
            structs.numbers(part);
        }
        to.endObject();
    }

    private String passedBy(int number) {
        if (number > 1) {
            to.lose("way of passing of an unknown kind", "written as Value");
        }
        return number == 1 ? "Reference" : "Value";
    }
}
