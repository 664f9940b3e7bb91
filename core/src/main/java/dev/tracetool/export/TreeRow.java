package dev.tracetool.export;

import dev.tracetool.code.CodeIdentity;
import org.jspecify.annotations.Nullable;

/**
 * A row of a call tree; children follow their parent.
 *
 * @param id place in the list, from 0
 * @param parent id of the parent; null at the top
 * @param depth 1 at the top
 * @param last whether it is the last child of its parent
 * @param identity of code objects and threads, else null
 * @param nodes how many nodes the row stands for
 * @param calls with recursive ones; null of a thread
 * @param recursiveCalls null of what is no code object
 * @param self in the unit of the tree's {@link dev.tracetool.analysis.CallTree.Weight}; null of what is no code object
 * @param total likewise, with all beneath it; null of recursive callers, whose time is that of others
 * @param whole of what its total is a share
 */
public record TreeRow(
        int id,
        @Nullable Integer parent,
        int depth,
        boolean last,
        Kind kind,
        @Nullable CodeIdentity identity,
        long nodes,
        @Nullable Long calls,
        @Nullable Long recursiveCalls,
        @Nullable Long self,
        @Nullable Long total,
        long whole) {

    /** What a row stands for. */
    public enum Kind {
        FUNCTION,
        /** An {@code async def} at the top. */
        TASK,
        /** Identity: its name stands for the qualified name. */
        THREAD,
        /** Children of a node that are too small to be shown. */
        REST,
        /** Children for which there was no room. */
        OVERFLOW
    }
}
