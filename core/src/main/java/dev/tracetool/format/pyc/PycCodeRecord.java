package dev.tracetool.format.pyc;

import dev.tracetool.code.CodeRecord;
import dev.tracetool.code.Constant;
import dev.tracetool.code.LineTableFormat;
import java.util.ArrayList;
import java.util.List;

/** A code object of a file, decoded on demand. */
final class PycCodeRecord implements CodeRecord {
    private final PycFile file;
    private final int code;

    PycCodeRecord(PycFile file, int code) {
        this.file = file;
        this.code = code;
    }

    private int number(int position) {
        return Marshal.i32(file.bytes(), file.index().of(code, MarshalIndex.AT) + 1 + position * Integer.BYTES);
    }

    private int part(int part) {
        return file.index().of(code, MarshalIndex.PARTS + part);
    }

    private String text(int part) {
        return file.objects().text(part(part));
    }

    private boolean hasLocalsPlus() {
        return file.layout() == CodeLayout.LOCALS_PLUS;
    }

    /** A file has no addresses. */
    @Override
    public long id() {
        return 0;
    }

    @Override
    public int parentIndex() {
        return file.index().of(code, MarshalIndex.PARENT);
    }

    @Override
    public String filename() {
        return text(file.layout().filename);
    }

    @Override
    public String name() {
        return text(file.layout().codeName);
    }

    @Override
    public String qualname() {
        return hasLocalsPlus() ? text(CodeLayout.QUALNAME) : file.qualnames().of(code);
    }

    /** One that is negative is none. */
    @Override
    public int firstLine() {
        int line = Marshal.i32(file.bytes(), file.index().of(code, MarshalIndex.FIRST_LINE));
        return line < 0 ? UNKNOWN : line;
    }

    @Override
    public int argCount() {
        return number(0);
    }

    @Override
    public int positionalOnlyArgCount() {
        return number(1);
    }

    @Override
    public int keywordOnlyArgCount() {
        return number(2);
    }

    /** Since 3.11 it is not stored, but counted ({@code get_localsplus_counts} in {@code Objects/codeobject.c}). */
    @Override
    public int localCount() {
        return hasLocalsPlus() ? count(CodeLayout.LOCAL) : number(3);
    }

    @Override
    public int stackSize() {
        return number(file.layout().numbers - 2);
    }

    @Override
    public int flags() {
        return number(file.layout().numbers - 1);
    }

    @Override
    public int codeLength() {
        return file.objects().length(part(CodeLayout.BYTECODE));
    }

    @Override
    public byte[] bytecode() {
        return file.objects().bytes(part(CodeLayout.BYTECODE));
    }

    @Override
    public List<Constant> constants() {
        return file.objects().constants(part(CodeLayout.CONSTANTS));
    }

    @Override
    public List<String> names() {
        return file.objects().textList(part(CodeLayout.NAMES));
    }

    @Override
    public List<String> variableNames() {
        return hasLocalsPlus() ? ofKind(CodeLayout.LOCAL) : file.objects().textList(part(CodeLayout.VARIABLES));
    }

    @Override
    public List<String> cellVariableNames() {
        return hasLocalsPlus() ? ofKind(CodeLayout.CELL) : file.objects().textList(part(CodeLayout.CELL_VARIABLES));
    }

    @Override
    public List<String> freeVariableNames() {
        return hasLocalsPlus() ? ofKind(CodeLayout.FREE) : file.objects().textList(part(CodeLayout.FREE_VARIABLES));
    }

    /** In the order of the slots, an argument that is a cell at the place of the argument. */
    private List<String> ofKind(int kind) {
        List<String> all = file.objects().textList(part(CodeLayout.LOCALS_PLUS_NAMES));
        int kinds = Marshal.contentAt(file.bytes(), part(CodeLayout.LOCALS_PLUS_KINDS));
        List<String> chosen = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            if ((file.bytes()[kinds + i] & kind) != 0) {
                chosen.add(all.get(i));
            }
        }
        return chosen;
    }

    private int count(int kind) {
        int at = part(CodeLayout.LOCALS_PLUS_KINDS);
        int kinds = Marshal.contentAt(file.bytes(), at);
        int count = 0;
        for (int i = 0; i < file.objects().length(at); i++) {
            count += (file.bytes()[kinds + i] & kind) == 0 ? 0 : 1;
        }
        return count;
    }

    @Override
    public LineTableFormat lineTableFormat() {
        return file.header().version().lineTableFormat();
    }

    @Override
    public byte[] lineTable() {
        return file.objects().bytes(part(CodeLayout.LINE_TABLE));
    }

    @Override
    public byte[] exceptionTable() {
        return hasLocalsPlus() ? file.objects().bytes(part(CodeLayout.EXCEPTION_TABLE)) : new byte[0];
    }

    @Override
    public byte[] digest() {
        return new CodeDigest(index -> new PycCodeRecord(file, index).qualname())
                .of(bytecode(), lineTable(), exceptionTable(), names(), constants());
    }
}
