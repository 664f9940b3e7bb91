package dev.tracetool.cli.command;

import dev.tracetool.code.CodeObjectWrapper;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The code objects of one trace by index and by id. An index can be missing, where a file is damaged. */
public final class CodeTable {
    private final List<CodeObjectWrapper> all;
    private @Nullable CodeObjectWrapper[] byIndex = new CodeObjectWrapper[0];
    private @Nullable Map<Long, CodeObjectWrapper> byId;

    /** @param codes in order of index */
    public CodeTable(List<CodeObjectWrapper> codes) {
        all = codes;
        if (!codes.isEmpty()) {
            byIndex = new CodeObjectWrapper[codes.get(codes.size() - 1).index() + 1];
        }
        for (CodeObjectWrapper code : codes) {
            byIndex[code.index()] = code;
        }
    }

    List<CodeObjectWrapper> all() {
        return all;
    }

    /** One more than the greatest index. */
    public int size() {
        return byIndex.length;
    }

    @Nullable
    public CodeObjectWrapper at(long index) {
        return index >= 0 && index < byIndex.length ? byIndex[(int) index] : null;
    }

    /** The last code object that had the id: an address is used again. 0 means unknown and is nobody's. */
    @Nullable
    public CodeObjectWrapper withId(long id) {
        Map<Long, CodeObjectWrapper> map = byId;
        if (map == null) {
            map = new HashMap<>();
            for (CodeObjectWrapper code : all) {
                if (code.id() != 0) {
                    map.put(code.id(), code);
                }
            }
            byId = map;
        }
        return map.get(id);
    }

    /** All that had the id, in order of index. */
    List<CodeObjectWrapper> allWithId(long id) {
        List<CodeObjectWrapper> found = new ArrayList<>();
        for (CodeObjectWrapper code : all) {
            if (id != 0 && code.id() == id) {
                found.add(code);
            }
        }
        return found;
    }
}
