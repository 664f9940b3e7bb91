package dev.tracetool.code;

import java.util.HexFormat;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * A code object of a trace. Its id is known from the start; each other attribute is decoded from the record at most
 * once, on first use, whichever threads ask, and is then answered without a lock. Two wrappers are equal only if they
 * are the same; what a code object is across traces is its {@link #identity()}.
 *
 * <p>The line table can be damaged in a file that is otherwise whole. Whatever needs it then throws the same
 * {@link MalformedLineTableException} each time; {@link #isLineTableMalformed()} and {@link #lineTableOrEmpty()} do not.
 */
public final class CodeObjectWrapper {
    // One bit of "decoded" for each attribute. Flat fields and the object's own monitor keep a wrapper small: a trace
    // has up to 100,000 of them, and most attributes of most of them are never asked for.
    private static final int PARENT_INDEX = 1;
    private static final int FILENAME = 1 << 1;
    private static final int QUALNAME = 1 << 2;
    private static final int NAME = 1 << 3;
    private static final int FIRST_LINE = 1 << 4;
    private static final int FLAGS = 1 << 5;
    private static final int ARG_COUNT = 1 << 6;
    private static final int POSITIONAL_ONLY = 1 << 7;
    private static final int KEYWORD_ONLY = 1 << 8;
    private static final int CODE_LENGTH = 1 << 9;
    private static final int VARIABLE_NAMES = 1 << 10;
    private static final int LINES = 1 << 11;
    private static final int POSITIONS = 1 << 12;
    private static final int IDENTITY = 1 << 13;

    private final int index;
    private final long id;
    private final CodeRecord rec;

    /** Written after the fields that it speaks of, under the monitor; a reader that sees the bit sees the field. */
    private volatile int decoded;

    private int parentIndex;
    private int firstLine;
    private int flags;
    private int argCount;
    private int positionalOnlyArgCount;
    private int keywordOnlyArgCount;
    private int codeLength;
    private String filename = "";
    private String qualname = "";
    private String name = "";
    private @Nullable List<String> variableNames;
    private LineTable lineTable = LineTable.EMPTY;
    private PositionTable positionTable = PositionTable.EMPTY;
    private CodeIdentity identity = CodeIdentity.UNKNOWN;
    private @Nullable MalformedLineTableException malformed;

    /** What only compiled code has: made when first asked for, since most traces have nothing of it. */
    private volatile @Nullable CompiledParts parts;

    public CodeObjectWrapper(int index, CodeRecord rec) {
        this.index = index;
        this.rec = rec;
        this.id = rec.id();
    }

    /** Dense index in the trace's code-object table. */
    public int index() {
        return index;
    }

    /** {@code id(code)} in the recorded process, 0 if unknown. */
    public long id() {
        return id;
    }

    /** The underlying record, read-only. */
    public CodeRecord underlying() {
        return rec;
    }

    /** Index of the code object among whose constants this one is, or {@link CodeRecord#UNKNOWN}. */
    public int parentIndex() {
        need(PARENT_INDEX);
        return parentIndex;
    }

    public String filename() {
        need(FILENAME);
        return filename;
    }

    public String qualname() {
        need(QUALNAME);
        return qualname;
    }

    public String name() {
        need(NAME);
        return name;
    }

    public int firstLine() {
        need(FIRST_LINE);
        return firstLine;
    }

    public int argCount() {
        need(ARG_COUNT);
        return argCount;
    }

    public int positionalOnlyArgCount() {
        need(POSITIONAL_ONLY);
        return positionalOnlyArgCount;
    }

    public int keywordOnlyArgCount() {
        need(KEYWORD_ONLY);
        return keywordOnlyArgCount;
    }

    /** {@code co_flags}; {@link CodeFlags} names them. */
    public int flags() {
        need(FLAGS);
        return flags;
    }

    /** Length of the bytecode in bytes, or {@link CodeRecord#UNKNOWN}. */
    public int codeLength() {
        need(CODE_LENGTH);
        return codeLength;
    }

    /** Arguments first, then other local variables; null if unknown. */
    public @Nullable List<String> variableNames() {
        need(VARIABLE_NAMES);
        return variableNames;
    }

    /** Whether the line table is no table of its format, so that nothing is known of lines. */
    public boolean isLineTableMalformed() {
        need(LINES);
        return malformed != null;
    }

    /**
     * Line table: merged ranges in offset order, ranges without a line included.
     *
     * @throws MalformedLineTableException each time, if the table is damaged
     */
    public LineTable lineTable() {
        need(LINES);
        throwIfMalformed();
        return lineTable;
    }

    /** The line table, or an empty one if it is malformed: for analyses, which go on without and say so. */
    public LineTable lineTableOrEmpty() {
        need(LINES);
        return lineTable;
    }

    /**
     * Lines, end lines and columns.
     *
     * @throws MalformedLineTableException each time, if the table is damaged
     */
    public PositionTable positionTable() {
        need(POSITIONS);
        throwIfMalformed();
        return positionTable;
    }

    /**
     * Entries sorted by offset, those without a line included; a read-only view of {@link #lineTable()}.
     *
     * @throws MalformedLineTableException each time, if the table is damaged
     */
    public List<LineEntry> lines() {
        return lineTable().entries();
    }

    /**
     * The line that CPython gives the byte offset: empty in a range without a line, behind the end of the code, and, other
     * than in CPython, below 0.
     *
     * @throws MalformedLineTableException each time, if the table is damaged
     */
    public OptionalInt lineForOffset(int offset) {
        int line = lineTable().lineAt(offset);
        return line == LineTable.NO_LINE ? OptionalInt.empty() : OptionalInt.of(line);
    }

    /** {@code co_nlocals}, or {@link CodeRecord#UNKNOWN}. */
    public int localCount() {
        return rec.localCount();
    }

    /** {@code co_stacksize}, or {@link CodeRecord#UNKNOWN}. */
    public int stackSize() {
        return rec.stackSize();
    }

    /** A copy of {@code co_code}, or null if unknown. Not kept: it is large, and asked for once. */
    public byte @Nullable [] bytecode() {
        return rec.bytecode();
    }

    /** {@code co_consts}, or null if unknown. */
    public @Nullable List<Constant> constants() {
        return parts().constants();
    }

    /** {@code co_names}: globals, attributes and what is imported; null if unknown. */
    public @Nullable List<String> names() {
        return parts().names();
    }

    /** {@code co_cellvars}: local variables that nested functions use; null if unknown. */
    public @Nullable List<String> cellVariableNames() {
        return parts().cellVariableNames();
    }

    /** {@code co_freevars}: variables of enclosing functions; null if unknown. */
    public @Nullable List<String> freeVariableNames() {
        return parts().freeVariableNames();
    }

    /** {@code co_exceptiontable}, decoded; null if unknown. */
    public @Nullable ExceptionTable exceptionTable() {
        return parts().exceptionTable();
    }

    /** What this code object is in other traces too. */
    public CodeIdentity identity() {
        need(IDENTITY);
        return identity;
    }

    /** Index and id only: names in a trace are hostile text. */
    @Override
    public String toString() {
        return "CodeObjectWrapper[index=" + index + ", id=0x" + HexFormat.of().toHexDigits(id) + "]";
    }

    private void throwIfMalformed() {
        MalformedLineTableException failure = malformed;
        if (failure != null) {
            throw failure;
        }
    }

    private CompiledParts parts() {
        CompiledParts known = parts;
        if (known == null) {
            synchronized (this) {
                known = parts;
                if (known == null) {
                    known = new CompiledParts(rec);
                    parts = known;
                }
            }
        }
        return known;
    }

    private void need(int attribute) {
        if ((decoded & attribute) == 0) {
            decode(attribute);
        }
    }

    /** Decodes under the monitor, so that of several threads that ask at once one decodes and the others wait for it. */
    private synchronized void decode(int attribute) {
        if ((decoded & attribute) != 0) {
            return;
        }
        switch (attribute) {
            case PARENT_INDEX -> parentIndex = rec.parentIndex();
            case FILENAME -> filename = rec.filename();
            case QUALNAME -> qualname = rec.qualname();
            case NAME -> name = rec.name();
            case FIRST_LINE -> firstLine = rec.firstLine();
            case FLAGS -> flags = rec.flags();
            case ARG_COUNT -> argCount = rec.argCount();
            case POSITIONAL_ONLY -> positionalOnlyArgCount = rec.positionalOnlyArgCount();
            case KEYWORD_ONLY -> keywordOnlyArgCount = rec.keywordOnlyArgCount();
            case CODE_LENGTH -> codeLength = rec.codeLength();
            case VARIABLE_NAMES -> {
                List<String> names = rec.variableNames();
                variableNames = names == null ? null : List.copyOf(names);
            }
            case LINES, POSITIONS -> decodeTable(attribute);
            case IDENTITY ->
                identity = new CodeIdentity(filename(), qualname(), firstLine(), CodeIdentity.digestOf(rec.digest()));
            default -> throw new AssertionError(attribute);
        }
        decoded |= attribute;
    }

    private void decodeTable(int attribute) {
        if (malformed != null) {
            return; // Lines and positions are read by one parser: what is malformed for one is so for the other.
        }
        if (firstLine() == CodeRecord.UNKNOWN && rec.lineTableFormat() != LineTableFormat.NONE) {
            // Lines are told from there on.
            malformed = new MalformedLineTableException(0, "the table of a code object with a first line", "none");
            return;
        }
        try {
            if (attribute == LINES) {
                lineTable = LineTable.decode(rec.lineTableFormat(), rec.lineTable(), firstLine(), codeLength());
            } else {
                positionTable = PositionTable.decode(rec.lineTableFormat(), rec.lineTable(), firstLine(), codeLength());
            }
        } catch (MalformedLineTableException e) {
            malformed = e;
        }
    }
}
