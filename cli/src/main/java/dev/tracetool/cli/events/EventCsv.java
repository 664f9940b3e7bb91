package dev.tracetool.cli.events;

import dev.tracetool.cli.command.Utf8Writer;
import dev.tracetool.code.LineTable;
import dev.tracetool.export.SafeText;
import dev.tracetool.trace.EventBlock;
import dev.tracetool.trace.KindTable;
import dev.tracetool.trace.TraceMetadata;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Events as CSV (RFC 4180 with bare newlines): a head, then one line each; what is unknown is empty. */
final class EventCsv implements EventRow {
    private final Utf8Writer out;
    private final byte[][] kinds;

    EventCsv(Utf8Writer out, KindTable table) {
        this.out = out;
        kinds = new byte[table.size() + 1][];
        for (int k = 1; k < kinds.length; k++) {
            kinds[k] = SafeText.csv(table.kind(k).name()).getBytes(StandardCharsets.UTF_8);
        }
    }

    @Override
    public String field(@Nullable String name) {
        return name == null ? "" : SafeText.csv(name);
    }

    @Override
    public void begin(String input, TraceMetadata metadata) throws IOException {
        out.text("time_ns,thread,kind,code,file,line,qualname,offset,destination\n");
    }

    @Override
    public void event(long time, int thread, int kind, EventNames code, int line, int offset, int destination)
            throws IOException {
        if (time != EventBlock.NO_TIME) {
            out.number(time);
        }
        out.ascii(',').number(thread).ascii(',').bytes(kinds[kind]).ascii(',').number(code.index);
        out.ascii(',').bytes(code.file).ascii(',');
        number(line, LineTable.NO_LINE);
        out.ascii(',').bytes(code.function).ascii(',');
        number(offset, NONE);
        out.ascii(',');
        number(destination, NONE);
        out.newline();
    }

    private void number(int value, int unknown) throws IOException {
        if (value != unknown) {
            out.number(value);
        }
    }

    @Override
    public void flush() throws IOException {
        out.flush();
    }
}
