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

/** Events for people: time in seconds, thread, kind, place, function, and offset where there is one. */
final class EventText implements EventRow {
    private static final int SECONDS_WIDTH = 6;
    private static final int TIME_WIDTH = SECONDS_WIDTH + 10;
    private static final int THREAD_WIDTH = 3;
    private static final byte[] UNTIMED = (" ".repeat(TIME_WIDTH - 1) + "-").getBytes(StandardCharsets.US_ASCII);

    private final Utf8Writer out;
    private final byte[][] kinds;
    private final byte[] blanks = " ".repeat(TIME_WIDTH).getBytes(StandardCharsets.US_ASCII);

    EventText(Utf8Writer out, KindTable table) {
        this.out = out;
        int width = 0;
        for (KindTable.Kind kind : table.kinds()) {
            width = Math.max(width, SafeText.terminal(kind.name()).length());
        }
        kinds = new byte[table.size() + 1][];
        for (int k = 1; k < kinds.length; k++) {
            String name = SafeText.terminal(table.kind(k).name());
            kinds[k] = ("  " + name + " ".repeat(width - name.length()) + "  ").getBytes(StandardCharsets.UTF_8);
        }
    }

    @Override
    public String field(@Nullable String name) {
        return name == null ? "-" : SafeText.terminal(name);
    }

    @Override
    public void begin(String input, TraceMetadata metadata) {}

    @Override
    public void event(long time, int thread, int kind, EventNames code, int line, int offset, int destination)
            throws IOException {
        time(time);
        for (int limit = 10, blanks = THREAD_WIDTH; blanks > 0; limit *= 10, blanks--) {
            if (thread < limit) {
                pad(blanks);
                break;
            }
        }
        out.number(thread).bytes(kinds[kind]).bytes(code.file).ascii(':');
        if (line == LineTable.NO_LINE) {
            out.ascii('-');
        } else {
            out.number(line);
        }
        out.ascii(' ').bytes(code.function);
        if (offset != NONE) {
            out.ascii(' ').ascii('@').number(offset);
            if (destination != NONE) {
                out.ascii('-').ascii('>').number(destination);
            }
        }
        out.newline();
    }

    private void time(long time) throws IOException {
        if (time == EventBlock.NO_TIME) {
            out.bytes(UNTIMED);
            return;
        }
        long magnitude = Math.abs(time);
        long seconds = magnitude / 1_000_000_000L;
        int digits = 1;
        for (long limit = 10; seconds >= limit && digits < SECONDS_WIDTH; limit *= 10) {
            digits++;
        }
        pad(SECONDS_WIDTH - digits - (time < 0 ? 1 : 0));
        if (time < 0) {
            out.ascii('-');
        }
        out.number(seconds).ascii('.').nineDigits((int) (magnitude % 1_000_000_000L));
    }

    private void pad(int width) throws IOException {
        if (width > 0) {
            out.bytes(blanks, width);
        }
    }

    @Override
    public void flush() throws IOException {
        out.flush();
    }
}
