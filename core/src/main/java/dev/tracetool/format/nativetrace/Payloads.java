package dev.tracetool.format.nativetrace;

import static dev.tracetool.format.nativetrace.MalformedBlockException.check;

import dev.tracetool.trace.TraceThread;
import java.util.Map;

/** The payloads of the smaller blocks. */
final class Payloads {
    /** An F block. */
    record Stack(int thread, long time, int[] codes, int[] offsets) {}

    private Payloads() {}

    /** T: u32 thread, u64 system's id, i64 time, u32 length, name. */
    static TraceThread thread(byte[] payload) throws MalformedBlockException {
        check(payload.length >= 24, 0, "expected 24 bytes, found " + payload.length);
        int number = index(payload, 0, "thread");
        long length = Layout.u32(payload, 20);
        check(length <= payload.length - 24, 20, "expected a name that fits, found " + length + " bytes");
        String name = Utf8.decode(payload, 24, (int) length);
        return new TraceThread(number, Layout.i64(payload, 4), Layout.i64(payload, 12), name);
    }

    /** F: u32 thread, i64 time, u32 count, count x { u32 code, u32 offset }. */
    static Stack stack(byte[] payload, CodeTable table) throws MalformedBlockException {
        check(payload.length >= 16, 0, "expected 16 bytes, found " + payload.length);
        int thread = index(payload, 0, "thread");
        long count = Layout.u32(payload, 12);
        check(count <= (payload.length - 16) / 8, 12, "expected frames that fit, found " + count);
        int[] codes = new int[(int) count];
        int[] offsets = new int[codes.length];
        for (int i = 0; i < codes.length; i++) {
            int at = 16 + 8 * i;
            codes[i] = code(payload, at, table);
            offsets[i] = index(payload, at + 4, "offset");
        }
        return new Stack(thread, Layout.i64(payload, 4), codes, offsets);
    }

    /** D: u32 count, count x u32 code. */
    static int[] codeEnded(byte[] payload, CodeTable table) throws MalformedBlockException {
        check(payload.length >= 4, 0, "expected 4 bytes, found " + payload.length);
        long count = Layout.u32(payload, 0);
        check(count <= (payload.length - 4) / 4, 0, "expected indices that fit, found " + count);
        int[] codes = new int[(int) count];
        for (int i = 0; i < codes.length; i++) {
            codes[i] = code(payload, 4 + 4 * i, table);
        }
        return codes;
    }

    /** X: a JSON object with a message. */
    static String failure(byte[] payload) throws MalformedBlockException {
        Map<String, String> members = MarkJson.members(payload, 0);
        return members.getOrDefault("message", "");
    }

    static int index(byte[] payload, int at, String what) throws MalformedBlockException {
        long value = Layout.u32(payload, at);
        check(value < Integer.MAX_VALUE, at, "expected a " + what + " below 2147483647, found " + value);
        return (int) value;
    }

    private static int code(byte[] payload, int at, CodeTable table) throws MalformedBlockException {
        long value = Layout.u32(payload, at);
        check(table.isDefined(value), at, "expected the index of a code object before it, found " + value);
        return (int) value;
    }
}
