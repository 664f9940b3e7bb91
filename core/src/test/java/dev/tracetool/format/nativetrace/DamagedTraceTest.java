package dev.tracetool.format.nativetrace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tracetool.trace.Damage;
import dev.tracetool.trace.ReadResult;
import dev.tracetool.trace.TraceException;
import dev.tracetool.trace.TraceSummary;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A trace that is cut, changed or mixed up at every place: what is read of it is right, and what is not is told. */
class DamagedTraceTest {
    @TempDir
    Path folder;

    private Path file;
    private final List<String> whole = SmallTrace.lines();

    @BeforeEach
    void nameTheFile() {
        file = folder.resolve("t");
    }

    /** What a reader made of a file: an error, or lines and what it says of the rest. */
    private record Outcome(List<String> lines, ReadResult result) {}

    private Outcome read(byte[] bytes, int workers) throws IOException {
        Files.write(file, bytes);
        return read(workers);
    }

    private Outcome read(int workers) throws IOException {
        try (NativeTrace trace = NativeTrace.open("t", file, workers)) {
            Transcript transcript = new Transcript();
            return new Outcome(transcript.lines, trace.read(transcript));
        }
    }

    private TraceSummary sumUp(byte[] bytes) throws IOException {
        Files.write(file, bytes);
        return sumUp();
    }

    private TraceSummary sumUp() throws IOException {
        try (NativeTrace trace = NativeTrace.open("t", file, 0)) {
            return trace.summary();
        }
    }

    private static void assertTold(TraceException e, long size, String what) {
        assertTrue(e.position() >= 0 && e.position() <= size, what + ": " + e.position());
        assertEquals(1, String.valueOf(e.getMessage()).lines().count(), what);
        assertTrue(e.getMessage().startsWith("expected "), what + ": " + e.getMessage());
        assertEquals("t", e.input(), what);
    }

    /** Only what was written, in its order; a thread whose block was lost may come without its name. */
    private void assertPartOfWhole(List<String> lines, String what) {
        int at = 0;
        for (String line : lines) {
            if (line.startsWith("TraceThread") && line.endsWith("name=]")) {
                continue;
            }
            while (at < whole.size() && !whole.get(at).equals(line)) {
                at++;
            }
            assertTrue(at < whole.size(), what + ": not written, or not there: " + line);
            at++;
        }
    }

    @ParameterizedTest
    @EnumSource
    void should_read_all_whole_frames_wherever_the_file_is_cut(Compression compression) throws IOException {
        byte[] bytes = SmallTrace.write(compression);
        List<Integer> offsets = RawTrace.offsets(bytes);
        Files.write(file, bytes);
        for (int cut = bytes.length - 1; cut >= 0; cut--) {
            truncate(cut);
            int frames = 0;
            while (offsets.get(frames + 1) <= cut) {
                frames++;
            }
            try {
                Outcome outcome = read(0);
                int lines = Math.min(
                        frames, whole.size() - 1); // all frames but the index have a line, which is last but one
                assertEquals(whole.subList(0, lines), outcome.lines, "cut at " + cut);
                assertFalse(outcome.result.complete());
                Damage damage = outcome.result.damage();
                assertEquals(cut - offsets.get(frames), damage.bytes(), "cut at " + cut);
                assertEquals(cut > offsets.get(frames) ? 1 : 0, damage.frames());
                TraceSummary summary = sumUp();
                assertEquals(SmallTrace.events(outcome.lines), summary.events());
                assertEquals(damage.bytes(), summary.result().damage().bytes());
                assertFalse(summary.result().complete());
            } catch (TraceException e) {
                assertTold(e, cut, "cut at " + cut);
                assertTrue(cut < offsets.get(1), "refused although the metadata are whole: cut at " + cut);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void should_notice_every_byte_that_is_changed(Compression compression) throws IOException {
        byte[] bytes = SmallTrace.write(compression);
        List<Integer> offsets = RawTrace.offsets(bytes);
        Files.write(file, bytes);
        for (int at = 0; at < bytes.length; at++) {
            int frame = 0;
            while (offsets.get(frame + 1) <= at) {
                frame++;
            }
            for (int value : values(compression, bytes[at])) {
                if ((byte) value != bytes[at]) {
                    put(at, value);
                    String what = "byte " + at + " is " + (value & 0xFF);
                    assertNoticed(what, offsets.get(frame), offsets.get(frame + 1), frame > 0 && at >= RawTrace.HEAD);
                }
            }
            put(at, bytes[at]);
        }
    }

    /** Where nothing is compressed, several; else only one, for what can be wrong is the same. */
    private static int[] values(Compression compression, byte value) {
        return compression == Compression.STORED
                ? new int[] {value ^ 1, value ^ 0x80, ~value, 0}
                : new int[] {value ^ 0x10};
    }

    private void truncate(int size) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(size);
        }
    }

    private void put(int at, int value) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(new byte[] {(byte) value}), at);
        }
    }

    /**
     * Asserts that what is read of the file is right, and what is missing told.
     *
     * @param start of the damaged frame
     * @param end of the damaged frame
     * @param readable whether the metadata are whole, so that the file must be read
     */
    private void assertNoticed(String what, int start, int end, boolean readable) throws IOException {
        try {
            Outcome outcome = read(0);
            Damage damage = outcome.result.damage();
            assertPartOfWhole(outcome.lines, what);
            assertFalse(damage.isEmpty(), what);
            assertTrue(damage.bytes() >= end - start && damage.frames() >= 1, what + ": " + damage.notes());
            long position = damage.notes().get(0).position();
            assertTrue(position >= start && position <= end, what + ": " + damage.notes());
            TraceSummary summary = sumUp();
            assertFalse(summary.result().damage().isEmpty(), what);
            assertTrue(summary.events() >= SmallTrace.events(outcome.lines), what); // it does not decode
            assertTrue(summary.events() <= SmallTrace.events(whole), what);
        } catch (TraceException e) {
            assertTold(e, Files.size(file), what);
            assertFalse(readable, what + ": " + e.getMessage());
        }
    }

    @Test
    void should_come_to_the_same_with_any_number_of_threads() throws IOException {
        byte[] bytes = SmallTrace.write(Compression.ZLIB);
        for (int at = 17; at < bytes.length; at += 29) {
            byte[] changed = bytes.clone();
            changed[at] ^= 0x10;
            changed[Math.min(bytes.length - 1, at + 200)] ^= 0x10;
            try {
                Outcome alone = read(changed, 0);
                for (int run = 0; run < 3; run++) {
                    Outcome together = read(changed, 2);
                    assertEquals(alone.lines, together.lines);
                    assertEquals(
                            alone.result.damage().notes(),
                            together.result.damage().notes());
                    assertEquals(
                            alone.result.damage().bytes(),
                            together.result.damage().bytes());
                }
            } catch (TraceException e) {
                assertTrue(at < RawTrace.offsets(bytes).get(1));
            }
        }
    }

    /** Every frame left out, doubled, or exchanged with the next, as a broken disk or a careless tool does. */
    @Test
    void should_notice_frames_that_are_missing_doubled_or_exchanged() throws IOException {
        byte[] bytes = SmallTrace.write(Compression.ZSTD);
        List<Integer> offsets = RawTrace.offsets(bytes);
        for (int i = 1; i < offsets.size() - 2; i++) {
            int from = offsets.get(i);
            int to = offsets.get(i + 1);
            int next = offsets.get(i + 2);
            byte[] frame = Arrays.copyOfRange(bytes, from, to);
            byte[] before = Arrays.copyOf(bytes, from);
            byte[] after = Arrays.copyOfRange(bytes, to, bytes.length);
            byte[] exchanged = RawTrace.join(
                    before, Arrays.copyOfRange(bytes, to, next), frame, Arrays.copyOfRange(bytes, next, bytes.length));
            for (byte[] file :
                    List.of(RawTrace.join(before, after), RawTrace.join(before, frame, frame, after), exchanged)) {
                Outcome outcome = read(file, 0);
                assertPartOfWhole(outcome.lines, "frame " + i);
                assertFalse(outcome.result.damage().isEmpty(), "frame " + i);
                assertTrue(outcome.result.damage().frames() > 0, "frame " + i);
                assertFalse(sumUp(file).result().damage().isEmpty(), "frame " + i);
            }
        }
    }

    @Test
    void should_count_what_follows_the_end_once() throws IOException {
        byte[] bytes = SmallTrace.write(Compression.STORED);
        for (byte[] more : List.of(new byte[100], RawTrace.frame('M', 99, new byte[40]), bytes)) {
            byte[] file = RawTrace.join(bytes, more);
            Outcome outcome = read(file, 0);
            assertEquals(whole, outcome.lines);
            assertEquals(more.length, outcome.result.damage().bytes());
            assertEquals(1, outcome.result.damage().places());
            TraceSummary summary = sumUp(file);
            assertEquals(more.length, summary.result().damage().bytes());
            assertEquals(SmallTrace.events(whole), summary.events());
        }
    }

    /** Zeros, as a crashed machine leaves them in the middle of a file, and sync marks, which lead nowhere. */
    @Test
    void should_find_on_after_a_hole() throws IOException {
        byte[] bytes = SmallTrace.write(Compression.STORED);
        List<Integer> offsets = RawTrace.offsets(bytes);
        int from = offsets.get(offsets.size() / 2);
        byte[] marks = new byte[3 << 20];
        for (int i = 0; i < marks.length; i++) {
            marks[i] = new byte[] {(byte) 0xB1, 'T', 'B', '\n'}[i & 3];
        }
        for (byte[] hole : List.of(new byte[1], new byte[3 << 20], marks)) {
            byte[] file =
                    RawTrace.join(Arrays.copyOf(bytes, from), hole, Arrays.copyOfRange(bytes, from, bytes.length));
            Outcome outcome = read(file, 0);
            assertEquals(whole, outcome.lines);
            assertEquals(hole.length, outcome.result.damage().bytes());
            assertEquals(1, outcome.result.damage().places());
        }
    }
}
