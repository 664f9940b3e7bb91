package dev.tracetool.format.pyc;

/**
 * Where in a file its code objects and their parts are: all that is known of them until somebody asks. The bytes have
 * been checked; whoever decodes need not do so again.
 */
final class MarshalIndex {
    /** Ints of a code object in {@link #codes}. */
    static final int STRIDE = 14;

    static final int AT = 0;
    static final int PARENT = 1;
    static final int FIRST_LINE = 2;

    static final int END = 3;

    /** The first of the objects of a code object; references are resolved. */
    static final int PARTS = 4;

    private final byte[] bytes;
    private final int[] references;
    private final int[] codes;
    private final int end;

    /**
     * @param references positions of the objects that can be referred to
     * @param codes {@link #STRIDE} positions for each code object, in the order in which they begin
     * @param end position behind the last object
     */
    MarshalIndex(byte[] bytes, int[] references, int[] codes, int end) {
        this.bytes = bytes;
        this.references = references;
        this.codes = codes;
        this.end = end;
    }

    byte[] bytes() {
        return bytes;
    }

    int end() {
        return end;
    }

    int codeCount() {
        return codes.length / STRIDE;
    }

    /** One of the positions of a code object, or the index of its parent. */
    int of(int code, int what) {
        return codes[code * STRIDE + what];
    }

    /** The position of the object that stands at one, or that is referred to there. */
    int resolve(int at) {
        return Marshal.type(bytes, at) == Marshal.REF ? references[Marshal.i32(bytes, at + 1)] : at;
    }

    /** The index of the code object at a position. */
    int codeAt(int at) {
        int low = 0;
        int high = codeCount() - 1;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (of(middle, AT) < at) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** The positions of the first elements of a tuple, references resolved. */
    int[] elements(int tuple, int most) {
        int[] elements = new int[Math.min(most, Marshal.count(bytes, tuple))];
        int at = Marshal.contentAt(bytes, tuple);
        for (int i = 0; i < elements.length; i++) {
            elements[i] = resolve(at);
            at = skip(at);
        }
        return elements;
    }

    /** The position behind the object at one. */
    private int skip(int from) {
        int at = from;
        for (int pending = 1; pending > 0; pending--) {
            switch (Marshal.type(bytes, at)) {
                case Marshal.NONE, Marshal.TRUE, Marshal.FALSE, Marshal.ELLIPSIS -> at++;
                case Marshal.INT, Marshal.REF -> at += 1 + Integer.BYTES;
                case Marshal.INT64, Marshal.FLOAT -> at += 1 + Long.BYTES;
                case Marshal.COMPLEX -> at += 1 + 2 * Long.BYTES;
                case Marshal.LONG -> at += 1 + Integer.BYTES + 2 * Math.abs(Marshal.i32(bytes, at + 1));
                case Marshal.TEXT_FLOAT -> at += 2 + (bytes[at + 1] & 0xFF);
                case Marshal.TEXT_COMPLEX -> {
                    at += 2 + (bytes[at + 1] & 0xFF);
                    at += 1 + (bytes[at] & 0xFF);
                }
                case Marshal.TUPLE, Marshal.SMALL_TUPLE, Marshal.FROZENSET -> {
                    pending += Marshal.count(bytes, at);
                    at = Marshal.contentAt(bytes, at);
                }
                case Marshal.SLICE -> {
                    pending += 3;
                    at++;
                }
                case Marshal.CODE -> at = of(codeAt(at), END);
                default -> at = Marshal.contentAt(bytes, at) + Marshal.count(bytes, at);
            }
        }
        return at;
    }
}
