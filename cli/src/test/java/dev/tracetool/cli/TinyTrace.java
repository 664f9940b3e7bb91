package dev.tracetool.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;

/**
 * Writes small trace files for tests, from the page tracetool-trace(5) alone: nothing compressed, every column 4 bytes
 * wide, no index. Times are nanoseconds after the start.
 */
public final class TinyTrace {
    public static final long START = 1_000_000_000L;

    private static final String KINDS = "[{\"name\":\"PY_START\",\"args\":[\"offset\"],\"timed\":true},"
            + "{\"name\":\"PY_RETURN\",\"args\":[\"offset\"],\"timed\":true},"
            + "{\"name\":\"LINE\",\"args\":[\"line\"]},"
            + "{\"name\":\"JUMP\",\"args\":[\"offset\",\"destination\"]},"
            + "{\"name\":\"EXCEPTION_HANDLED\",\"args\":[\"offset\"]}]";
    public static final int PY_START = 1;
    public static final int PY_RETURN = 2;
    public static final int LINE = 3;
    public static final int JUMP = 4;
    public static final int EXCEPTION_HANDLED = 5;

    private record Event(int kind, int code, long time, int first, int second) {}

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final List<byte[]> codes = new ArrayList<>();
    private int sequence;
    private int written;
    private long events;

    public TinyTrace() {
        this("\"python\":\"3.13.5\",\"implementation\":\"cpython\",\"argv\":[\"app.py\",\"a b\"],\"cwd\":\"/work\","
                + "\"pid\":12,\"parent_pid\":11,\"started_at\":\"2026-11-23T06:00:00+00:00\",\"mode\":\"lines\","
                + "\"events\":[\"PY_START\",\"LINE\"],\"scope\":{\"all\":false,\"include\":[],\"exclude\":[\"x*\"]}");
    }

    /** @param members of the metadata, besides the required ones */
    public TinyTrace(String members) {
        byte[] head = little(16)
                .put(new byte[] {(byte) 0x89, 'T', 'R', 'C', '\r', '\n', 0x1A, '\n'})
                .putShort((short) 1)
                .putShort((short) 0)
                .array();
        out.writeBytes(little(16).put(head, 0, 12).putInt(crc(head, 12)).array());
        frame(
                'H',
                ("{\"kinds\":" + KINDS + ",\"line_table\":\"3.11\",\"clock\":{\"start\":" + START + "}," + members
                                + "}")
                        .getBytes(StandardCharsets.UTF_8));
    }

    /** A trace of two code objects and two threads with every kind of event. */
    public static TinyTrace sample() {
        return new TinyTrace()
                .code("/app/codec.py", "<module>", 1, 0x7f00L, 8, line(2, -1), line(2, 2))
                .code("/app/codec.py", "Decoder.decode", 10, 0x7f80L, 14, position(2, 1, 0, 4, 17), line(3, 1), none(2))
                .thread(0, "MainThread")
                .thread(1, "worker")
                .events(
                        0,
                        "PY_START 0 100 0",
                        "LINE 0 - 1",
                        "PY_START 1 1500 0",
                        "LINE 1 - 11",
                        "JUMP 1 - 6 2",
                        "EXCEPTION_HANDLED 1 - 12",
                        "PY_RETURN 1 2500 8")
                .events(1, "PY_START 1 2000000 2", "LINE 1 - 12");
    }

    /** A table entry with a line and no columns: units of two bytes, and the difference to the line before. */
    public static byte[] line(int units, int delta) {
        return new byte[] {(byte) (0x80 | 13 << 3 | units - 1), (byte) (delta < 0 ? -delta << 1 | 1 : delta << 1)};
    }

    /** A table entry with everything; values below 32. */
    public static byte[] position(int units, int delta, int endDelta, int column, int endColumn) {
        return new byte[] {
            (byte) (0x80 | 14 << 3 | units - 1),
            (byte) (delta << 1),
            (byte) endDelta,
            (byte) (column + 1),
            (byte) (endColumn + 1)
        };
    }

    /** A table entry without a line. */
    public static byte[] none(int units) {
        return new byte[] {(byte) (0x80 | 15 << 3 | units - 1)};
    }

    public TinyTrace code(String file, String qualname, int firstLine, long id, int length, byte[]... table) {
        return code(file.getBytes(StandardCharsets.UTF_8), qualname, firstLine, id, length, table);
    }

    public TinyTrace code(byte[] f, String qualname, int firstLine, long id, int length, byte[]... table) {
        ByteArrayOutputStream lines = new ByteArrayOutputStream();
        for (byte[] entry : table) {
            lines.writeBytes(entry);
        }
        byte[] q = qualname.getBytes(StandardCharsets.UTF_8);
        byte[] t = lines.toByteArray();
        codes.add(little(76 + f.length + 2 * q.length + t.length)
                .putInt(72 + f.length + 2 * q.length + t.length)
                .putLong(id)
                .putInt(0)
                .putInt(firstLine)
                .putInt(3)
                .putInt(2)
                .putInt(0)
                .putInt(0)
                .putInt(length)
                .putInt(f.length)
                .putInt(q.length)
                .putInt(q.length)
                .putInt(t.length)
                .putInt(0)
                .put(new byte[16])
                .put(f)
                .put(q)
                .put(q)
                .put(t)
                .array());
        return this;
    }

    public TinyTrace thread(int number, String name) {
        byte[] n = name.getBytes(StandardCharsets.UTF_8);
        frame(
                'T',
                little(24 + n.length)
                        .putInt(number)
                        .putLong(100 + number)
                        .putLong(START)
                        .putInt(n.length)
                        .put(n)
                        .array());
        return this;
    }

    /** One block; an event is {@code KIND CODE TIME ARGUMENT...}, the time {@code -} if its kind has none. */
    public TinyTrace events(int thread, String... lines) {
        List<Event> block = new ArrayList<>();
        for (String line : lines) {
            String[] words = line.split(" ");
            block.add(new Event(
                    List.of("", "PY_START", "PY_RETURN", "LINE", "JUMP", "EXCEPTION_HANDLED")
                            .indexOf(words[0]),
                    Integer.parseInt(words[1]),
                    words[2].equals("-") ? -1 : START + Long.parseLong(words[2]),
                    Integer.parseInt(words[3]),
                    words.length > 4 ? Integer.parseInt(words[4]) : 0));
        }
        return block(thread, block);
    }

    private TinyTrace block(int thread, List<Event> block) {
        flushCodes();
        int[] counts = new int[6];
        List<Long> times = new ArrayList<>();
        ByteBuffer ops = little(8 * block.size());
        ByteBuffer codeColumn = little(4 * block.size());
        int current = -1;
        for (Event event : block) {
            counts[event.kind]++;
            if (event.time >= 0) {
                times.add(event.time);
            }
            boolean changed = event.code != current;
            if (changed) {
                codeColumn.putInt(event.code);
                current = event.code;
            }
            if (event.kind == LINE) {
                if (changed) {
                    ops.putInt(-2);
                }
                ops.putInt(event.first);
            } else {
                ops.putInt(-1 - 2 * event.kind - (changed ? 1 : 0));
            }
        }
        ByteBuffer args = little(8 * block.size());
        for (int kind : new int[] {PY_START, PY_RETURN, JUMP, EXCEPTION_HANDLED}) {
            for (Event event : block) {
                if (event.kind == kind) {
                    args.putInt(event.first);
                    if (kind == JUMP) {
                        args.putInt(event.second);
                    }
                }
            }
        }
        ByteBuffer columns = little(ops.position() + codeColumn.position() + args.position());
        columns.put(ops.array(), 0, ops.position());
        columns.put(codeColumn.array(), 0, codeColumn.position());
        columns.put(args.array(), 0, args.position());
        int deltas = Math.max(0, times.size() - 1);
        ByteBuffer planes = little(4 * deltas);
        for (int i = 0; i < deltas; i++) {
            long delta = times.get(i + 1) - times.get(i);
            for (int plane = 0; plane < 4; plane++) {
                planes.put(plane * deltas + i, (byte) (delta >>> 8 * plane));
            }
        }
        int kinds = 0;
        for (int count : counts) {
            kinds += count > 0 ? 1 : 0;
        }
        ByteBuffer payload = little(40 + 8 * kinds + 24 + columns.capacity() + planes.capacity())
                .putInt(thread)
                .putInt(ops.position() / 4)
                .putInt(codeColumn.position() / 4)
                .putInt(times.size())
                .put(new byte[] {4, 4, 4, 4})
                .putLong(times.isEmpty() ? 0 : times.get(0))
                .putLong(times.isEmpty() ? 0 : times.get(times.size() - 1))
                .putInt(kinds);
        for (int kind = 1; kind < counts.length; kind++) {
            if (counts[kind] > 0) {
                payload.putInt(kind).putInt(counts[kind]);
            }
        }
        payload.put(stored(columns.array())).put(stored(planes.array()));
        frame('E', payload.array());
        events += block.size();
        return this;
    }

    private void flushCodes() {
        if (written == codes.size()) {
            return;
        }
        ByteArrayOutputStream records = new ByteArrayOutputStream();
        for (byte[] code : codes.subList(written, codes.size())) {
            records.writeBytes(code);
        }
        byte[] section = stored(records.toByteArray());
        frame(
                'C',
                little(8 + section.length)
                        .putInt(written)
                        .putInt(codes.size() - written)
                        .put(section)
                        .array());
        written = codes.size();
    }

    private static byte[] stored(byte[] raw) {
        return little(12 + raw.length)
                .putInt(0)
                .putInt(raw.length)
                .putInt(raw.length)
                .put(raw)
                .array();
    }

    public TinyTrace frame(char type, byte[] payload) {
        ByteBuffer frame = little(24 + payload.length)
                .put(new byte[] {(byte) 0xB1, 'T', 'B', '\n', (byte) type, 0, 0, 0})
                .putInt(sequence++)
                .putInt(payload.length);
        frame.putInt(crc(frame.array(), 16)).put(payload).putInt(crc(payload, payload.length));
        out.writeBytes(frame.array());
        return this;
    }

    /** The file without its end, as a killed recorder leaves it. */
    public byte[] cutOff() {
        flushCodes();
        return out.toByteArray();
    }

    /** The whole file; the recording ends 3 ms after its start. */
    public byte[] closed() {
        flushCodes();
        frame(
                'Z',
                little(24).putLong(START + 3_000_000).putLong(events).putLong(0).array());
        return out.toByteArray();
    }

    public Path writeTo(Path file) throws IOException {
        return Files.write(file, closed());
    }

    private static ByteBuffer little(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static int crc(byte[] bytes, int length) {
        CRC32 crc = new CRC32();
        crc.update(bytes, 0, length);
        return (int) crc.getValue();
    }
}
