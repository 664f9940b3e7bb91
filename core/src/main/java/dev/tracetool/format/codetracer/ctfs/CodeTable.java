package dev.tracetool.format.codetracer.ctfs;

import dev.tracetool.code.CodeObjectWrapper;
import dev.tracetool.code.CodeRecord;
import dev.tracetool.format.codetracer.RecordSink;
import dev.tracetool.format.codetracer.StoredFunction;
import dev.tracetool.trace.TraceException;
import dev.tracetool.trace.TraceVisitor;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The code objects of a recording: a function in a file, on a line if that is known. Functions are numbered by their names
 * alone, so that only their calls tell them apart. Each is told to the visitor before it is named.
 */
final class CodeTable {
    /** Of steps outside of all calls. */
    static final int NO_FUNCTION = -1;

    static final int UNKNOWN_FILE = -1;

    /** A recording of more is damage: memory is bounded. */
    private static final int MAX_CODES = 1 << 20;

    private record Key(int function, int file, int line) {
        /** That of a record differs too little where all three are small. */
        @Override
        public int hashCode() {
            return (function * 0x9E3779B1 + file) * 0x9E3779B1 + line;
        }
    }

    private final String input;
    private final TraceVisitor visitor;
    private final NameTable functions;
    private final PathTable paths;
    private final Map<Key, Integer> codes = new HashMap<>();

    /** For each function, the one before the first included, the code object that it was last: file, line, index. */
    private final int[] lastFile;

    private final int[] lastLine;
    private final int[] lastCode;

    CodeTable(String input, TraceVisitor visitor, NameTable functions, PathTable paths) {
        this.input = input;
        this.visitor = visitor;
        this.functions = functions;
        this.paths = paths;
        lastFile = new int[functions.size() + 1];
        lastLine = new int[functions.size() + 1];
        lastCode = new int[functions.size() + 1];
        Arrays.fill(lastCode, -1);
    }

    /** @param line the first one of the function, or {@link CodeRecord#UNKNOWN} */
    int code(int function, int file, int line) throws TraceException {
        int at = function + 1;
        if (lastCode[at] >= 0 && lastFile[at] == file && lastLine[at] == line) {
            return lastCode[at];
        }
        Key key = new Key(function, file, line);
        Integer code = codes.get(key);
        if (code == null) {
            if (codes.size() == MAX_CODES) {
                throw new TraceException(
                        input,
                        TraceException.NO_POSITION,
                        "expected at most " + MAX_CODES + " functions in files, found more");
            }
            code = codes.size();
            codes.put(key, code);
            String path = file == UNKNOWN_FILE ? "" : paths.path(file);
            String name = function == NO_FUNCTION ? RecordSink.NO_NAME : functions.name(function);
            visitor.codeObjects(List.of(new CodeObjectWrapper(code, new StoredFunction(path, name, line))));
        }
        lastFile[at] = file;
        lastLine[at] = line;
        lastCode[at] = code;
        return code;
    }

    /** The code object of a call of which nothing but its function is known: what that was last, or one without a file. */
    int code(int function) throws TraceException {
        int last = lastCode[function + 1];
        return last >= 0 ? last : code(function, UNKNOWN_FILE, CodeRecord.UNKNOWN);
    }

    /** The file of the code object that the function was last. */
    int lastFile(int function) {
        return lastFile[function + 1];
    }
}
