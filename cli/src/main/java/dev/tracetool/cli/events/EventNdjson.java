package dev.tracetool.cli.events;

import dev.tracetool.cli.command.Utf8Writer;
import dev.tracetool.code.LineTable;
import dev.tracetool.trace.Damage;
import dev.tracetool.trace.EventBlock;
import dev.tracetool.trace.KindTable;
import dev.tracetool.trace.ReadResult;
import dev.tracetool.trace.TraceMetadata;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** {@code tracetool.events/1}: JSON values, one a line; the first one is a head with the schema, the others are events. */
final class EventNdjson implements EventRow {
    private static final byte[] NULL = "null".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] TIME = "{\"time_ns\":".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] THREAD = ",\"thread\":".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] KIND = ",\"kind\":".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] CODE = ",\"code\":".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] FILE = ",\"file\":".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] LINE = ",\"line\":".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] QUALNAME = ",\"qualname\":".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] OFFSET = ",\"offset\":".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] DESTINATION = ",\"destination\":".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] END = "}\n".getBytes(StandardCharsets.US_ASCII);

    private final Utf8Writer out;
    private final byte[][] kinds;

    EventNdjson(Utf8Writer out, KindTable table) {
        this.out = out;
        kinds = new byte[table.size() + 1][];
        for (int k = 1; k < kinds.length; k++) {
            kinds[k] = JsonText.of(table.kind(k).name()).getBytes(StandardCharsets.UTF_8);
        }
    }

    @Override
    public String field(@Nullable String name) {
        return name == null ? "null" : JsonText.of(name);
    }

    @Override
    public void begin(String input, TraceMetadata metadata) throws IOException {
        String startedAt = metadata.startedAt();
        out.text("{\"schema\":\"tracetool.events/1\",\"input\":")
                .text(JsonText.of(input))
                .text(",\"started_at\":")
                .text(startedAt == null ? "null" : JsonText.of(startedAt))
                .text(",\"clock_start_ns\":");
        if (metadata.kinds().isTimed()) {
            out.number(metadata.clockStart());
        } else {
            out.bytes(NULL);
        }
        out.text("}\n");
    }

    @Override
    public void event(long time, int thread, int kind, EventNames code, int line, int offset, int destination)
            throws IOException {
        out.bytes(TIME);
        if (time == EventBlock.NO_TIME) {
            out.bytes(NULL);
        } else {
            out.number(time);
        }
        out.bytes(THREAD)
                .number(thread)
                .bytes(KIND)
                .bytes(kinds[kind])
                .bytes(CODE)
                .number(code.index);
        out.bytes(FILE).bytes(code.file).bytes(LINE);
        number(line, LineTable.NO_LINE);
        out.bytes(QUALNAME).bytes(code.function).bytes(OFFSET);
        number(offset, NONE);
        out.bytes(DESTINATION);
        number(destination, NONE);
        out.bytes(END);
    }

    @Override
    public void end(ReadResult result) throws IOException {
        Damage damage = result.damage();
        if (result.complete() && damage.isEmpty()) {
            return;
        }
        out.text("{\"complete\":" + result.complete() + ",\"damage\":{\"places\":" + damage.places());
        out.text(",\"bytes\":" + damage.bytes() + ",\"frames\":" + damage.frames());
        out.text(",\"events\":" + damage.events() + ",\"notes\":[");
        String between = "";
        for (Damage.Note note : damage.notes()) {
            out.text(
                    between + "{\"position\":" + note.position() + ",\"message\":" + JsonText.of(note.message()) + "}");
            between = ",";
        }
        out.text("]}}\n");
    }

    private void number(int value, int unknown) throws IOException {
        if (value == unknown) {
            out.bytes(NULL);
        } else {
            out.number(value);
        }
    }

    @Override
    public void flush() throws IOException {
        out.flush();
    }
}
