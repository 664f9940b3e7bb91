package dev.tracetool.format.codetracer;

import dev.tracetool.code.CodeObjectWrapper;
import dev.tracetool.code.CodeRecord;
import dev.tracetool.trace.TraceException;
import dev.tracetool.trace.TraceVisitor;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Paths and functions as a trace defines them, and the code objects that are made of both. The recorders intern functions
 * by name alone, so that functions of one name in several files have one id: a code object is a function <em>in a
 * path</em>. Only in the path of its definition its first line is known.
 *
 * <p>A trace that defines more than half of the memory of this virtual machine can hold is refused: a packed file of a
 * megabyte can define any number.
 */
public final class FunctionTable {
    /** The id of no function: of code in a path of which nobody said what function it belongs to. */
    public static final int NO_FUNCTION = -1;

    /** Memory for each path and function, beside its characters: an entry, a record, a text. */
    private static final int BYTES_PER_NAME = 128;

    /** Memory for each code object: two map entries, wrapper, record and what visitors keep. */
    private static final int BYTES_PER_CODE = 400;

    private record Function(int path, int line, String name) {}

    private final String input;
    private final TraceVisitor visitor;
    private final long maxHeld;
    private final LongSupplier position;
    private final List<String> paths = new ArrayList<>();
    private final List<Function> functions = new ArrayList<>();

    /** By function id plus one, in the upper half, and path id. */
    private final Map<Long, Integer> codes = new HashMap<>();

    /** Of all code objects. */
    private final ContentDigest digest = new ContentDigest();

    private List<String> otherPaths = List.of();
    private long held;

    /** The last answer: what comes next is mostly the same. */
    private long lastKey = -1;

    private int lastCode;

    /**
     * @param input its name, for errors
     * @param visitor is told of each new code object
     * @param position of the record that comes, in bytes; for errors
     */
    public FunctionTable(String input, TraceVisitor visitor, LongSupplier position) {
        this(input, visitor, position, Runtime.getRuntime().maxMemory() / 2);
    }

    /** @param maxHeld bytes that all of it may take */
    FunctionTable(String input, TraceVisitor visitor, LongSupplier position, long maxHeld) {
        this.input = input;
        this.visitor = visitor;
        this.position = position;
        this.maxHeld = maxHeld;
    }

    /** Paths that stand beside the trace: for ids that it does not define. */
    void otherPaths(List<String> known) {
        otherPaths = known;
    }

    /** Of the code objects until now. */
    String digest() {
        return digest.hex();
    }

    public void addPath(String path) throws TraceException {
        hold(BYTES_PER_NAME + 2L * path.length());
        paths.add(path);
    }

    /** @param line the first one, or {@link CodeRecord#UNKNOWN} */
    public void addFunction(int path, int line, String name) throws TraceException {
        hold(BYTES_PER_NAME + 2L * name.length());
        functions.add(new Function(path, line, name));
    }

    private void hold(long bytes) throws TraceException {
        held += bytes;
        if (held > maxHeld) {
            throw new TraceException(
                    input,
                    position.getAsLong(),
                    "expected paths and functions of at most " + (maxHeld >> 20)
                            + " MB, as much as this virtual machine's memory allows, found more");
        }
    }

    /** One more than the greatest id of a path. */
    public int paths() {
        return Math.max(paths.size(), otherPaths.size());
    }

    public int functions() {
        return functions.size();
    }

    public String path(int path) {
        return path < paths.size() ? paths.get(path) : otherPaths.get(path);
    }

    /** The path in which the function was defined, or -1. */
    public int pathOf(int function) {
        return functions.get(function).path;
    }

    /** The line on which the function was defined, or {@link CodeRecord#UNKNOWN}. */
    public int lineOf(int function) {
        return functions.get(function).line;
    }

    public String nameOf(int function) {
        return functions.get(function).name;
    }

    /** The index of the code object of a function, or of {@link #NO_FUNCTION}, in a path; told to the visitor if new. */
    public int code(int function, int path) throws TraceException {
        long key = (function + 1L) << 32 | path;
        if (key == lastKey) {
            return lastCode;
        }
        Integer known = codes.get(key);
        if (known == null) {
            hold(BYTES_PER_CODE);
            known = codes.size();
            codes.put(key, known);
            StoredFunction stored = stored(function, path);
            digest.text(stored.filename());
            digest.text(stored.qualname());
            digest.number(stored.firstLine());
            visitor.codeObjects(List.of(new CodeObjectWrapper(known, stored)));
        }
        lastKey = key;
        lastCode = known;
        return known;
    }

    /** Tells the visitor of functions that were defined and not met: they did not run. A top level is none of them. */
    void addOthers() throws TraceException {
        BitSet met = new BitSet();
        for (long key : codes.keySet()) {
            met.set((int) (key >>> 32));
        }
        for (int function = 0; function < functions.size(); function++) {
            int path = functions.get(function).path;
            boolean known = path >= 0 && path < paths();
            if (known && !met.get(function + 1) && !StepRule.isTopLevel(this, function)) {
                code(function, path);
            }
        }
    }

    private StoredFunction stored(int function, int path) {
        if (function == NO_FUNCTION) {
            return new StoredFunction(path(path), RecordSink.NO_NAME, CodeRecord.UNKNOWN);
        }
        Function defined = functions.get(function);
        int line = defined.path == path ? defined.line : CodeRecord.UNKNOWN;
        return new StoredFunction(path(path), defined.name, line);
    }
}
