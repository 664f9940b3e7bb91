package dev.tracetool.code;

import java.util.List;

/** A record that answers as another one does, where a test does not override it. */
class ForwardingRecord implements CodeRecord {
    private final CodeRecord rec;

    ForwardingRecord(CodeRecord rec) {
        this.rec = rec;
    }

    @Override
    public long id() {
        return rec.id();
    }

    @Override
    public int parentIndex() {
        return rec.parentIndex();
    }

    @Override
    public String filename() {
        return rec.filename();
    }

    @Override
    public String qualname() {
        return rec.qualname();
    }

    @Override
    public String name() {
        return rec.name();
    }

    @Override
    public int firstLine() {
        return rec.firstLine();
    }

    @Override
    public int flags() {
        return rec.flags();
    }

    @Override
    public int argCount() {
        return rec.argCount();
    }

    @Override
    public int positionalOnlyArgCount() {
        return rec.positionalOnlyArgCount();
    }

    @Override
    public int keywordOnlyArgCount() {
        return rec.keywordOnlyArgCount();
    }

    @Override
    public int codeLength() {
        return rec.codeLength();
    }

    @Override
    public LineTableFormat lineTableFormat() {
        return rec.lineTableFormat();
    }

    @Override
    public byte[] lineTable() {
        return rec.lineTable();
    }

    @Override
    public List<String> variableNames() {
        return rec.variableNames();
    }

    @Override
    public byte[] digest() {
        return rec.digest();
    }
}
