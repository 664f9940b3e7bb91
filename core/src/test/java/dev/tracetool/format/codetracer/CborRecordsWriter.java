package dev.tracetool.format.codetracer;

import com.github.luben.zstd.Zstd;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Writes records as CBOR items, and items as zstd frames with a seek table behind them. */
final class CborRecordsWriter {
    private static final int TEXT = 3;
    private static final int ARRAY = 4;
    private static final int MAP = 5;

    private final Random random;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    private CborRecordsWriter(long seed) {
        this.random = new Random(seed);
    }

    /** A whole file. */
    static byte[] write(List<Rec> records, long seed, int frame) {
        return file(content(records, seed), frame, true);
    }

    static byte[] content(List<Rec> records, long seed) {
        CborRecordsWriter cbor = new CborRecordsWriter(seed);
        records.forEach(cbor::item);
        return cbor.out.toByteArray();
    }

    /** @param frame bytes of content in each frame but the last */
    static byte[] file(byte[] content, int frame, boolean closed) {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.writeBytes(new byte[] {(byte) 0xC0, (byte) 0xDE, 0x72, (byte) 0xAC, (byte) 0xE2, 1, 0, 0});
        List<int[]> sizes = new ArrayList<>();
        for (int at = 0; at < content.length; at += frame) {
            byte[] part = Arrays.copyOfRange(content, at, Math.min(content.length, at + frame));
            byte[] packed = Zstd.compress(part);
            file.writeBytes(packed);
            sizes.add(new int[] {packed.length, part.length});
        }
        if (closed) {
            ByteBuffer table = ByteBuffer.allocate(17 + 8 * sizes.size()).order(ByteOrder.LITTLE_ENDIAN);
            table.putInt(0x184D2A5E).putInt(9 + 8 * sizes.size());
            sizes.forEach(size -> table.putInt(size[0]).putInt(size[1]));
            table.putInt(sizes.size()).put((byte) 0).putInt(0x8F92EAB1);
            file.writeBytes(table.array());
        }
        return file.toByteArray();
    }

    private void item(Rec rec) {
        if (rec.kind() == RecordKind.DROP_LAST_STEP && random.nextBoolean()) {
            text(rec.kind().label());
            return;
        }
        boolean open = random.nextInt(10) == 0;
        out.write(open ? 0xBF : 0xA1);
        text(rec.kind().label());
        payload(rec);
        if (open) {
            out.write(0xFF);
        }
    }

    private void payload(Rec rec) {
        switch (rec.kind()) {
            case PATH, VARIABLE_NAME, VARIABLE -> text(rec.text());
            case STEP -> {
                head(MAP, 2);
                member("path_id", rec.first());
                member("line", rec.second());
            }
            case FUNCTION -> {
                head(MAP, 3);
                member("line", rec.second());
                text("name");
                text(rec.text());
                member("path_id", rec.first());
            }
            case CALL -> {
                head(MAP, 2);
                text("args");
                value(rec.first() % 7);
                member("function_id", rec.first());
            }
            case THREAD_START, THREAD_EXIT, THREAD_SWITCH -> head(0, rec.first());
            case DROP_LAST_STEP -> out.write(0xF6);
            default -> value(rec.first());
        }
    }

    private void member(String name, long value) {
        text(name);
        number(value);
    }

    private void value(long size) {
        switch (random.nextInt(7)) {
            case 0 -> out.writeBytes(new byte[] {(byte) 0xFB, 1, 2, 3, 4, 5, 6, 7, 8});
            case 1 -> text("x".repeat(100 * (int) size));
            case 2 -> {
                head(6, 256); // a tag
                number(-size - 1);
            }
            case 3 -> {
                for (int i = 0; i < size; i++) {
                    head(ARRAY, 1);
                }
                out.write(0xF5);
            }
            case 4 -> {
                out.write(0x9F);
                for (int i = 0; i < size; i++) {
                    out.write(0x7F);
                    text("part");
                    out.write(0xFF);
                }
                out.write(0xFF);
            }
            default -> {
                head(MAP, size);
                for (int i = 0; i < size; i++) {
                    member("kind" + i, i);
                }
            }
        }
    }

    private void number(long value) {
        head(value < 0 ? 1 : 0, value < 0 ? -1 - value : value);
    }

    private void text(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        head(TEXT, bytes.length);
        out.writeBytes(bytes);
    }

    private void head(int major, long argument) {
        int bytes = argument < 0
                ? 8
                : argument < 24 ? 0 : argument < 1 << 8 ? 1 : argument < 1 << 16 ? 2 : argument < 1L << 32 ? 4 : 8;
        int info = bytes == 0 ? (int) argument : 24 + Integer.numberOfTrailingZeros(bytes);
        out.write(major << 5 | info);
        for (int i = bytes - 1; i >= 0; i--) {
            out.write((int) (argument >>> 8 * i));
        }
    }
}
