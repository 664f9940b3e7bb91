package dev.tracetool.format.nativetrace;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Constants and little-endian access shared by the reader and the writer; see tracetool-trace(5). */
final class Layout {
    static final byte[] MAGIC = {(byte) 0x89, 'T', 'R', 'C', '\r', '\n', 0x1a, '\n'};
    static final int MAJOR = 1;
    static final int MINOR = 1;
    static final int FILE_HEADER = 16;

    /** The sync mark as a little-endian integer. */
    static final int SYNC = 0x0A4254B1;

    static final int FRAME_HEADER = 20;
    /** Header and checksum of the payload. */
    static final int FRAME_OVERHEAD = FRAME_HEADER + 4;

    static final int MAX_PAYLOAD = 1 << 26;
    static final int MAX_RAW = 1 << 26;

    /** Several blocks of events are in memory at a time. Their largest columns and some to spare fit in this payload. */
    static final int MAX_EVENTS_PAYLOAD = 1 << 23;

    /** The text of one source file. */
    static final int MAX_SOURCE = 1 << 24;

    static final int MAX_OPS = 1 << 18;

    static final byte METADATA = 'H';
    static final byte CODES = 'C';
    static final byte THREAD = 'T';
    static final byte FRAMES = 'F';
    static final byte EVENTS = 'E';
    static final byte MARK = 'M';
    static final byte CODE_ENDED = 'D';
    static final byte FAILURE = 'X';
    static final byte SOURCE = 's';
    static final byte INDEX = 'i';
    static final byte END = 'Z';

    static final int SECTION_HEADER = 12;
    static final int CODEC_STORED = 0;
    static final int CODEC_ZLIB = 1;
    static final int CODEC_ZSTD = 2;

    /** Size of an E payload up to its table of kinds. */
    static final int EVENTS_HEADER = 40;

    static final int END_PAYLOAD = 24;

    private static final VarHandle SHORT = view(short[].class);
    private static final VarHandle INT = view(int[].class);
    private static final VarHandle LONG = view(long[].class);

    private Layout() {}

    private static VarHandle view(Class<?> arrayType) {
        return MethodHandles.byteArrayViewVarHandle(arrayType, ByteOrder.LITTLE_ENDIAN);
    }

    static int i16(byte[] bytes, int at) {
        return (short) SHORT.get(bytes, at);
    }

    static int u16(byte[] bytes, int at) {
        return (short) SHORT.get(bytes, at) & 0xFFFF;
    }

    static int i32(byte[] bytes, int at) {
        return (int) INT.get(bytes, at);
    }

    static long u32(byte[] bytes, int at) {
        return (int) INT.get(bytes, at) & 0xFFFFFFFFL;
    }

    static long i64(byte[] bytes, int at) {
        return (long) LONG.get(bytes, at);
    }

    static void putI16(byte[] bytes, int at, int value) {
        SHORT.set(bytes, at, (short) value);
    }

    static void putI32(byte[] bytes, int at, int value) {
        INT.set(bytes, at, value);
    }

    static void putI64(byte[] bytes, int at, long value) {
        LONG.set(bytes, at, value);
    }

    /** Whether this version reads frames of this type. */
    static boolean isKnown(byte type) {
        return switch (type) {
            case METADATA, CODES, THREAD, FRAMES, EVENTS, MARK, CODE_ENDED, FAILURE, SOURCE, INDEX, END -> true;
            default -> false;
        };
    }

    /** Whether a frame of this type must be understood by whoever reads the file. */
    static boolean isRequired(byte type) {
        return type >= 'A' && type <= 'Z';
    }
}
