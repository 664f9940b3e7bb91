package dev.tracetool.format.codetracer.json;

import dev.tracetool.code.CodeObjectWrapper;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Ids of paths and functions in a file that is being written: their places among those that were defined. */
final class FunctionIds {
    static final int NONE = -1;

    private final Map<String, Integer> paths = new HashMap<>();
    private int pathCount;
    private @Nullable CodeObjectWrapper[] codes = new CodeObjectWrapper[64];

    /** By code index; {@link #NONE} until it is defined. */
    private int[] pathIds = new int[64];

    private int[] functionIds = new int[64];
    private int functions;

    FunctionIds() {
        Arrays.fill(pathIds, NONE);
        Arrays.fill(functionIds, NONE);
    }

    void add(CodeObjectWrapper code) {
        int index = code.index();
        if (index >= codes.length) {
            int before = codes.length;
            int size = (int) Math.min(Math.max(index + 1L, 2L * before), Integer.MAX_VALUE - 8);
            codes = Arrays.copyOf(codes, size);
            pathIds = Arrays.copyOf(pathIds, size);
            functionIds = Arrays.copyOf(functionIds, size);
            Arrays.fill(pathIds, before, size, NONE);
            Arrays.fill(functionIds, before, size, NONE);
        }
        codes[index] = code;
    }

    /** One more than the greatest index that a code object can have. */
    int codes() {
        return codes.length;
    }

    /** The code object of an index that can be anything; null if there is none. */
    @Nullable
    CodeObjectWrapper code(int index) {
        return index >= 0 && index < codes.length ? codes[index] : null;
    }

    /** The id of the code object's path, or {@link #NONE} if it has none yet. */
    int path(int code) {
        return pathIds[code];
    }

    /** The id of a path, or {@link #NONE} if it has none yet. */
    int path(String path) {
        return paths.getOrDefault(path, NONE);
    }

    /** The code object is of that path. */
    void setPath(int code, int id) {
        pathIds[code] = id;
    }

    /** The path gets the next id; one that has an id keeps that too. */
    int definePath(String path) {
        paths.putIfAbsent(path, pathCount);
        return pathCount++;
    }

    /** The id of the code object's function, or {@link #NONE} if it has none yet. */
    int function(int code) {
        return functionIds[code];
    }

    /** The function of a code object gets the next id. */
    int defineFunction(int code) {
        functionIds[code] = functions;
        return functions++;
    }

    /** A function that is of no code object gets the next id. */
    int defineFunction() {
        return functions++;
    }
}
