package dev.tracetool.format.nativetrace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.luben.zstd.Zstd;
import dev.tracetool.testing.LimitedMemory;
import dev.tracetool.trace.Damage;
import dev.tracetool.trace.EventBlock;
import dev.tracetool.trace.TraceMark;
import dev.tracetool.trace.TraceSource;
import dev.tracetool.trace.TraceVisitor;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that would take any memory of a reader that believed them, read by a virtual machine that has little. */
class BoundedMemoryTest {
    private static final int MEGABYTES = 96;

    @TempDir
    Path folder;

    /** Reads a file and prints how many events and marks there were, and what was lost. */
    static final class Reader implements TraceVisitor {
        private long events;
        private long marks;

        public static void main(String[] args) throws IOException {
            try (NativeTrace trace = NativeTrace.open("t", Path.of(args[0]), 2)) {
                Reader reader = new Reader();
                Damage damage = trace.read(reader).damage();
                System.out.println(reader.events + " events, " + reader.marks + " marks, " + damage.frames() + " lost");
            } catch (IOException e) {
                System.out.println(e.getMessage());
            }
        }

        @Override
        public void events(EventBlock block) {
            events += block.size();
        }

        @Override
        public void mark(TraceMark mark) {
            marks++;
        }
    }

    private String read(Path file) throws IOException, InterruptedException {
        return LimitedMemory.run(Reader.class, MEGABYTES, folder, file);
    }

    /** Blocks of as many events as there may be, each a few hundred bytes; and marks behind them, which have to wait. */
    @Test
    void should_read_blocks_that_unpack_to_much_and_marks_that_wait_for_them() throws Exception {
        Path file = folder.resolve("t");
        EventBlock block = new EventBlock(SmallTrace.KINDS);
        int size = Layout.MAX_OPS;
        block.reset(0, size, size, 0);
        for (int i = 0; i < size; i++) {
            block.kinds()[i] = 1;
            block.args()[i] = Integer.MAX_VALUE;
            block.times()[i] = i == 0 ? 0 : 1L << 40; // eight bytes each
        }
        String label = "x".repeat(4000);
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file));
                NativeTraceWriter writer = new NativeTraceWriter(out, SmallTrace.metadata(), Compression.ZSTD)) {
            SmallTrace.codes(writer);
            for (int i = 0; i < 60; i++) {
                writer.events(block);
            }
            for (int i = 0; i < 30_000; i++) {
                writer.mark(new TraceMark(0, 0, label, Map.of()));
            }
        }
        assertTrue(Files.size(file) > MEGABYTES << 20);
        assertEquals(60 * size + " events, 30000 marks, 0 lost", read(file));
    }

    /** Texts of a few hundred bytes each, and of as many as there may be when unpacked; and small ones that have to wait. */
    @Test
    void should_read_sources_that_unpack_to_much() throws Exception {
        Path file = folder.resolve("t");
        EventBlock block = new EventBlock(SmallTrace.KINDS);
        block.reset(0, 1, 0, 0);
        block.kinds()[0] = 3;
        TraceSource large = SmallTrace.source("large.py", new byte[Layout.MAX_SOURCE], true);
        TraceSource small = SmallTrace.source("small.py", new byte[1 << 14], true);
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file));
                NativeTraceWriter writer = new NativeTraceWriter(out, SmallTrace.metadata(), Compression.ZSTD)) {
            SmallTrace.codes(writer);
            for (int i = 0; i < 30; i++) {
                writer.events(block);
                writer.source(large);
                for (int k = 0; k < 300; k++) {
                    writer.source(small);
                }
            }
        }
        assertTrue(Files.size(file) < 2 << 20);
        assertEquals("30 events, 0 marks, 0 lost", read(file));
    }

    /** Blocks of code objects, of a few kilobytes each, that unpack to more than there is. */
    @Test
    void should_refuse_code_objects_that_unpack_to_more_than_fits() throws Exception {
        int count = 100_000;
        byte[] records = new byte[NativeCodeRecord.MIN_BYTES * count];
        for (int i = 0; i < count; i++) {
            records[NativeCodeRecord.MIN_BYTES * i] = 72;
        }
        byte[] section = RawTrace.section(2, records.length, Zstd.compress(records));
        RawTrace trace = new RawTrace();
        trace.frames.add(
                RawTrace.of(SmallTrace.write(Compression.STORED)).frames.get(0));
        for (int i = 0; i < 50; i++) {
            trace.add('C', RawTrace.join(RawTrace.ints(i * count, count), section));
        }
        byte[] bytes = trace.bytes();
        assertTrue(bytes.length < 500_000);
        assertEquals(
                "expected code objects of at most " + MEGABYTES / 2
                        + " MB, as much as this virtual machine's memory allows, found more",
                read(Files.write(folder.resolve("t"), bytes)));
    }

    /** Payloads of many megabytes, of which several would be held at a time. */
    @Test
    void should_not_hold_many_large_payloads() throws Exception {
        RawTrace trace = new RawTrace();
        trace.frames.add(
                RawTrace.of(SmallTrace.write(Compression.STORED)).frames.get(0));
        byte[] events = new byte[Layout.MAX_EVENTS_PAYLOAD];
        events[16] = 1;
        events[17] = 1;
        events[18] = 1;
        events[19] = 1;
        for (int i = 0; i < 16; i++) {
            trace.add('E', events);
        }
        assertEquals("0 events, 0 marks, 0 lost", read(Files.write(folder.resolve("t"), trace.bytes())));
    }
}
