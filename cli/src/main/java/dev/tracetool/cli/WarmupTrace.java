package dev.tracetool.cli;

import dev.tracetool.code.CodeRecord;
import dev.tracetool.code.LineTableFormat;
import dev.tracetool.format.nativetrace.Compression;
import dev.tracetool.format.nativetrace.NativeTraceWriter;
import dev.tracetool.trace.EventBlock;
import dev.tracetool.trace.EventKind;
import dev.tracetool.trace.KindTable;
import dev.tracetool.trace.KindTable.Kind;
import dev.tracetool.trace.TraceMetadata;
import dev.tracetool.trace.TraceThread;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The trace that {@link Warmup} reads: one call of one function, in the shape that the recorder gives to real ones. */
final class WarmupTrace {
    private static final long START = 1_000_000_000L;
    private static final KindTable KINDS = new KindTable(List.of(
            new Kind("PY_START", EventKind.PY_START, 1, true),
            new Kind("PY_RETURN", EventKind.PY_RETURN, 1, true),
            new Kind("LINE", EventKind.LINE, 1, false)));

    /** The source of what it has, in {@code /work/app.py}. */
    static final String SOURCE = """
            \"""A source.\"""
            import os


            class Base: ...  # pragma: no cover


            class Decoder(Base):

                def decode(self):
                    return f"{os.name!r:>{4}}"
            """;

    private WarmupTrace() {}

    static void write(Path file) throws IOException {
        try (NativeTraceWriter writer =
                new NativeTraceWriter(Files.newOutputStream(file), metadata(), Compression.ZLIB)) {
            writer.codes(List.of(new Code("<module>", CodeRecord.UNKNOWN, 1), new Code("Decoder.decode", 0, 10)));
            writer.thread(new TraceThread(0, 1, START, "MainThread"));
            writer.events(call());
            writer.end(START + 3_000_000);
        }
    }

    private static TraceMetadata metadata() {
        return new TraceMetadata(
                "3.13.5",
                "cpython",
                "/usr/bin/python3",
                "linux",
                "host",
                List.of("app.py"),
                "/work",
                12L,
                11L,
                null,
                "2026-11-23T06:00:00+00:00",
                "tracetool",
                "lines",
                List.of("PY_START", "PY_RETURN", "LINE"),
                List.of(),
                false,
                new TraceMetadata.Scope(false, List.of(), List.of()),
                START,
                LineTableFormat.LOCATIONS_3_11,
                KINDS);
    }

    private static EventBlock call() {
        byte[] kinds = {1, 3, 2};
        int[] args = {0, 11, 6};
        long[] times = {START + 1_000_000, START + 2_000_000};
        EventBlock block = new EventBlock(KINDS);
        block.reset(0, kinds.length, times.length, 0);
        for (int i = 0; i < kinds.length; i++) {
            block.kinds()[i] = kinds[i];
            block.codes()[i] = 1;
            block.args()[i] = args[i];
        }
        System.arraycopy(times, 0, block.times(), 0, times.length);
        return block;
    }

    /** A code object of 4 code units on 2 lines. */
    private record Code(String qualname, int parentIndex, int firstLine) implements CodeRecord {
        /** The first line, columns 4 to 9, 2 code units; the next line, columns 8 to 14, 2 code units. */
        private static final byte[] LINE_TABLE = {(byte) 0xD1, 4, 9, (byte) 0xD9, 8, 14};

        @Override
        public long id() {
            return 0x7F00L + firstLine;
        }

        @Override
        public String filename() {
            return "/work/app.py";
        }

        @Override
        public String name() {
            return qualname;
        }

        @Override
        public int flags() {
            return 3;
        }

        @Override
        public int argCount() {
            return 0;
        }

        @Override
        public int positionalOnlyArgCount() {
            return 0;
        }

        @Override
        public int keywordOnlyArgCount() {
            return 0;
        }

        @Override
        public int codeLength() {
            return 8;
        }

        @Override
        public LineTableFormat lineTableFormat() {
            return LineTableFormat.LOCATIONS_3_11;
        }

        @Override
        public byte[] lineTable() {
            return LINE_TABLE.clone();
        }

        @Override
        public List<String> variableNames() {
            return List.of();
        }

        @Override
        public byte[] digest() {
            return new byte[16];
        }
    }
}
