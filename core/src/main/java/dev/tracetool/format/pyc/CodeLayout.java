package dev.tracetool.format.pyc;

/**
 * In which order a code object's parts are written ({@code w_complex_object} in {@code Python/marshal.c}).
 *
 * <pre>
 * 3.8 to 3.10   i32 argcount, posonlyargcount, kwonlyargcount, nlocals, stacksize, flags;
 *               code, consts, names, varnames, freevars, cellvars, filename, name; i32 firstlineno;
 *               lnotab, which is linetable in 3.10
 * 3.11 to 3.14  i32 argcount, posonlyargcount, kwonlyargcount, stacksize, flags;
 *               code, consts, names, localsplusnames, localspluskinds, filename, name, qualname; i32 firstlineno;
 *               linetable, exceptiontable
 * </pre>
 */
enum CodeLayout {
    /** 3.8 to 3.10. */
    SEPARATE_NAMES(6, "BTNNNNSSB", 6, 7),
    /** 3.11 and later. */
    LOCALS_PLUS(5, "BTNNBSSSBB", 5, 6);

    static final int BYTECODE = 0;
    static final int CONSTANTS = 1;
    static final int NAMES = 2;

    // Of SEPARATE_NAMES.
    static final int VARIABLES = 3;
    static final int FREE_VARIABLES = 4;
    static final int CELL_VARIABLES = 5;

    // Of LOCALS_PLUS.
    static final int LOCALS_PLUS_NAMES = 3;
    static final int LOCALS_PLUS_KINDS = 4;
    static final int QUALNAME = 7;
    static final int EXCEPTION_TABLE = 9;

    // In the kind of a variable (CPython Include/internal/pycore_code.h): the other bits say what arguments are.
    static final int LOCAL = 0x20;
    static final int CELL = 0x40;
    static final int FREE = 0x80;

    /** Before this object stands the first line. */
    static final int FIRST_LINE_BEFORE = 8;

    static final int LINE_TABLE = 8;

    /** How many numbers stand first. */
    final int numbers;

    /** Of what type each object is: Bytes, Tuple, tuple of Names, String. */
    final String types;

    /** Places of two objects. */
    final int filename;

    final int codeName;

    CodeLayout(int numbers, String types, int filename, int codeName) {
        this.numbers = numbers;
        this.types = types;
        this.filename = filename;
        this.codeName = codeName;
    }

    static CodeLayout of(PycVersion version) {
        return version.hasLocalsPlus() ? LOCALS_PLUS : SEPARATE_NAMES;
    }

    /** What an object is called in a message. */
    String partName(int part) {
        String[] names = this == LOCALS_PLUS
                ? new String[] {
                    "code",
                    "consts",
                    "names",
                    "localsplusnames",
                    "localspluskinds",
                    "filename",
                    "name",
                    "qualname",
                    "linetable",
                    "exceptiontable"
                }
                : new String[] {
                    "code", "consts", "names", "varnames", "freevars", "cellvars", "filename", "name", "line table"
                };
        return names[part];
    }
}
