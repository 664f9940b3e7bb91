package dev.tracetool.format.codetracer.ctfs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.luben.zstd.Zstd;
import dev.tracetool.format.codetracer.ThreadNumbers;
import dev.tracetool.testing.LimitedMemory;
import dev.tracetool.testing.SummaryProgram;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Small containers that unpack to much, and tables that are as large as they may be, read with little memory. */
class ContainerMemoryTest {
    private static final int RECORDS = 4_000_000;

    @TempDir
    Path folder;

    private String read(CtContainer container, int mostBytes, int megabytes) throws Exception {
        Path file = Files.write(folder.resolve("t.ct"), container.toBytes());
        assertTrue(Files.size(file) < mostBytes, Files.size(file) + " bytes");
        return LimitedMemory.run(SummaryProgram.class, megabytes, folder, file);
    }

    private static CtRecording recording() {
        CtRecording recording = new CtRecording();
        recording.path("/work/a.py");
        recording.function("f", 0, 1);
        recording.step(0, 1);
        return recording;
    }

    /** Chunks of a kilobyte each, of four million steps. */
    @Test
    void should_read_steps_that_unpack_to_much() throws Exception {
        ByteWriter raw = new ByteWriter().u8(0).varint(7);
        for (int i = 1; i < RECORDS; i++) {
            raw.u8(1).u8(0);
        }
        byte[] chunk = Zstd.compress(raw.toBytes(), 3);
        ByteWriter data = new ByteWriter();
        ByteWriter index = new ByteWriter().u32(RECORDS);
        for (int i = 0; i < 10; i++) {
            index.u64(data.size());
            data.bytes(chunk);
        }
        CtContainer container = recording().container();
        container.file("steps.dat", data.toBytes()).file("steps.idx", index.toBytes());
        assertEquals(10L * RECORDS - 1 + " events, 0 damaged", read(container, 100_000, 64));
    }

    /** A million calls in each other are kept; those beyond are damage. */
    @Test
    void should_not_keep_any_number_of_calls() throws Exception {
        ByteWriter raw = new ByteWriter();
        int calls = (1 << 20) + 3;
        for (int i = 0; i < calls; i++) {
            raw.sized(new ByteWriter()
                    .varint(0)
                    .signed(i - 1L)
                    .varint(0)
                    .varint(5) // all end together
                    .varint(0)
                    .varint(0)
                    .varint(0)
                    .varint(0)
                    .varint(0)
                    .toBytes());
        }
        ByteWriter index = new ByteWriter().u32(calls).u64(0);
        CtContainer container = recording().container();
        container.file("calls.dat", Zstd.compress(raw.toBytes(), 3)).file("calls.idx", index.toBytes());
        // Begin and end of each, and the step of the last one that is lost, which counts for the one that it is in.
        assertEquals(2L * (1 << 20) + 1 + " events, 3 damaged", read(container, 8 << 20, 128));
    }

    /** Each thread has a stack: there are so many at most. */
    @Test
    void should_not_make_room_for_any_number_of_threads() throws Exception {
        CtRecording recording = recording();
        for (int i = 0; i < ThreadNumbers.MAX_THREADS + 2; i++) {
            recording.thread(StepTag.THREAD_START, i);
        }
        assertEquals("0 events, 2 damaged", read(recording.container(), 2 << 20, 64));
    }

    private static void table(CtContainer container, String name, byte[] record, int count) {
        ByteWriter data = new ByteWriter();
        ByteWriter offsets = new ByteWriter().u64(0);
        for (int i = 0; i < count; i++) {
            data.bytes(record);
            offsets.u64(data.size());
        }
        container.file(name + ".dat", data.toBytes()).file(name + ".off", offsets.toBytes());
    }

    @Test
    void should_hold_tables_as_large_as_they_may_be_and_no_larger() throws Exception {
        byte[] name = ByteWriter.utf8("a.py");
        CtContainer container = recording().container();
        table(container, "paths", name, 1 << 18);
        table(container, "funcs", name, 1 << 20);
        assertEquals("0 events, 0 damaged", read(container, 32 << 20, 192));
        table(container, "paths", name, (1 << 18) + 1);
        table(container, "funcs", name, (1 << 20) + 1);
        assertEquals("1 events, 2 damaged", read(container, 32 << 20, 192));
    }

    @Test
    void should_hold_lines_with_columns_as_many_as_they_may_be_and_no_more() throws Exception {
        int half = 1 << 22;
        ByteWriter file = new ByteWriter().text("a.py").varint(half).signed(1);
        file.bytes(new byte[half - 1]);
        CtContainer container = new CtRecording().columnAware().container();
        table(container, "paths", file.toBytes(), 2);
        assertEquals("0 events, 0 damaged", read(container, 32 << 20, 192));
        byte[] one = new ByteWriter().text("b.py").varint(1).signed(1).toBytes();
        ByteWriter data =
                new ByteWriter().bytes(file.toBytes()).bytes(file.toBytes()).bytes(one);
        ByteWriter offsets =
                new ByteWriter().u64(0).u64(file.size()).u64(2L * file.size()).u64(data.size());
        container.file("paths.dat", data.toBytes()).file("paths.off", offsets.toBytes());
        assertEquals("0 events, 1 damaged", read(container, 32 << 20, 192));
    }
}
