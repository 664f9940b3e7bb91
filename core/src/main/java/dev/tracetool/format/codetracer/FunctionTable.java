package dev.tracetool.format.codetracer;

import dev.tracetool.code.CodeObjectWrapper;
import dev.tracetool.code.CodeRecord;
import dev.tracetool.trace.TraceVisitor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Paths and functions as a trace defines them, and the code objects that are made of both. The recorders intern functions
 * by name alone, so that functions of one name in several files have one id: a code object is a function <em>in a
 * path</em>. Only in the path of its definition its first line is known.
 */
public final class FunctionTable {
    /** The id of no function: of code in a path of which nobody said what function it belongs to. */
    public static final int NO_FUNCTION = -1;

    /** What code is called whose function is not known. */
    static final String UNKNOWN_NAME = "<unknown>";

    private record Function(int path, int line, String name) {}

    private final TraceVisitor visitor;
    private final List<String> paths = new ArrayList<>();
    private final List<Function> functions = new ArrayList<>();

    /** By function id plus one, in the upper half, and path id. */
    private final Map<Long, Integer> codes = new HashMap<>();

    public FunctionTable(TraceVisitor visitor) {
        this.visitor = visitor;
    }

    public void addPath(String path) {
        paths.add(path);
    }

    /** @param line the first one, or {@link CodeRecord#UNKNOWN} */
    public void addFunction(int path, int line, String name) {
        functions.add(new Function(path, line, name));
    }

    public int paths() {
        return paths.size();
    }

    public int functions() {
        return functions.size();
    }

    public String path(int path) {
        return paths.get(path);
    }

    /** The path in which the function was defined. */
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
    public int code(int function, int path) {
        long key = (function + 1L) << 32 | path;
        Integer known = codes.get(key);
        if (known == null) {
            known = codes.size();
            codes.put(key, known);
            visitor.codeObjects(List.of(new CodeObjectWrapper(known, stored(function, path))));
        }
        return known;
    }

    private StoredFunction stored(int function, int path) {
        if (function == NO_FUNCTION) {
            return new StoredFunction(paths.get(path), UNKNOWN_NAME, CodeRecord.UNKNOWN);
        }
        Function defined = functions.get(function);
        int line = defined.path == path ? defined.line : CodeRecord.UNKNOWN;
        return new StoredFunction(paths.get(path), defined.name, line);
    }
}
