package dev.tracetool.format.codetracer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tracetool.format.codetracer.EncodedTrace.Encoding;
import dev.tracetool.format.codetracer.EncodedTrace.Outcome;
import dev.tracetool.trace.Damage;
import dev.tracetool.trace.TraceException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Files that are cut off, or of which a byte is another: what is read is right, and what is not is told. */
class DamagedCodetracerTest {
    private final List<Rec> records = Rec.random(41, 40);

    private static EventLog direct(List<Rec> records) throws TraceException {
        EventLog log = new EventLog();
        EventAssembler assembler = new EventAssembler("t", log, new Damage(), () -> 0);
        for (Rec rec : records) {
            rec.pass(assembler);
        }
        assembler.finish();
        return log;
    }

    @ParameterizedTest
    @EnumSource(value = Encoding.class, mode = EnumSource.Mode.EXCLUDE, names = "CAPNP")
    void should_read_all_records_before_a_cut(Encoding encoding) throws IOException {
        byte[] bytes = encoding.write(records, 41);
        List<List<String>> prefixes = new ArrayList<>();
        for (int count = 0; count <= records.size(); count++) {
            prefixes.add(direct(records.subList(0, count)).lines);
        }
        int recognised = encoding == Encoding.CBOR ? 6 : 30;
        int last =
                encoding == Encoding.PRETTY_JSON ? bytes.length - 1 : bytes.length; // but for the end of its last line
        int count = 0;
        for (int cut = recognised; cut < last; cut++) {
            Outcome found = EncodedTrace.read(Arrays.copyOf(bytes, cut));
            while (count < prefixes.size() && !prefixes.get(count).equals(found.log().lines)) {
                count++;
            }
            assertTrue(count < prefixes.size(), "cut at " + cut + ": " + found.log().lines);
            assertFalse(found.result().complete(), "cut at " + cut);
            check(found.result().damage(), cut);
        }
        assertEquals(prefixes.get(records.size()), prefixes.get(count));
    }

    @Test
    void should_say_where_json_is_cut_off() throws IOException {
        String json = "[{\"Path\":\"a\"},{\"Step\":{\"path_id\":0,\"line\":12";
        Outcome found = EncodedTrace.read(json.getBytes());
        assertEquals(List.of(), found.log().events());
        Damage.Note note = found.result().damage().notes().get(0);
        assertEquals(json.length(), note.position());
        assertTrue(note.message().startsWith("expected the rest of a JSON value, found the end"), note.message());
    }

    @Test
    void should_refuse_a_capnp_message_that_is_cut_off_anywhere() {
        byte[] bytes = Encoding.CAPNP.write(records, 41);
        for (int cut = 6; cut < bytes.length; cut++) {
            byte[] part = Arrays.copyOf(bytes, cut);
            TraceException e = assertThrows(TraceException.class, () -> EncodedTrace.read(part));
            assertTrue(e.position() == cut || e.position() == 8, "cut at " + cut + ": " + e.position());
            assertTrue(
                    e.getMessage().contains("cut off cannot be read")
                            || e.getMessage().contains("bytes can hold, found one of")
                            || e.getMessage().contains("segments, found"),
                    e.getMessage());
        }
    }

    @ParameterizedTest
    @EnumSource(Encoding.class)
    void should_survive_a_changed_byte_anywhere(Encoding encoding) throws IOException {
        byte[] bytes = encoding.write(records, 41);
        String whole = EncodedTrace.read(bytes).log().lines.toString();
        int unlike = 0;
        for (int at = 8; at < bytes.length; at++) {
            for (int change : new int[] {0x01, 0xFF}) {
                byte[] changed = bytes.clone();
                changed[at] ^= (byte) change;
                try {
                    Outcome found = EncodedTrace.read(changed);
                    check(found.result().damage(), changed.length);
                    unlike += found.log().lines.toString().equals(whole) ? 0 : 1;
                    if (at % 10 == 0) {
                        long events = EncodedTrace.of(changed).summary().events();
                        assertEquals(found.log().eventCount(), events, "byte " + at);
                    }
                } catch (TraceException e) {
                    check(e, changed.length);
                    unlike++;
                }
            }
        }
        assertTrue(unlike > bytes.length / 2, "changes that show: " + unlike);
    }

    /** Every checksum of zstd is right here: what is changed is behind them. */
    @Test
    void should_survive_a_changed_byte_of_unpacked_cbor() throws IOException {
        byte[] content = CborRecordsWriter.content(records, 41);
        for (int at = 0; at < content.length; at++) {
            byte[] changed = content.clone();
            changed[at] ^= (byte) (1 << at % 8);
            byte[] file = CborRecordsWriter.file(changed, 300, true);
            check(EncodedTrace.read(file).result().damage(), file.length);
        }
    }

    static void check(TraceException e, long size) {
        String message = String.valueOf(e.getMessage());
        if (e.position() < TraceException.NO_POSITION
                || e.position() > size
                || message.lines().count() != 1) {
            throw new AssertionError("byte " + e.position() + ": " + message, e);
        }
    }

    static void check(Damage damage, long size) {
        assertTrue(damage.bytes() >= 0 && damage.bytes() <= size, "bytes: " + damage.bytes());
        for (Damage.Note note : damage.notes()) {
            assertTrue(note.position() >= 0 && note.position() <= size, "position: " + note.position());
            assertEquals(1, note.message().lines().count(), note.message());
        }
    }
}
