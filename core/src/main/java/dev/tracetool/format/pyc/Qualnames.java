package dev.tracetool.format.pyc;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Qualified names of code objects before 3.11, which do not store theirs. The code around them does: a function is made
 * of two constants, its code and its qualified name, and a class body begins by giving itself its {@code __qualname__}.
 *
 * <pre>
 * of a function, in the code around it    LOAD_CONST code; LOAD_CONST qualname; MAKE_FUNCTION
 * of a class, in its own code             LOAD_CONST qualname; STORE_NAME __qualname__
 * </pre>
 *
 * Where that is not found, which the compiler does not write, the name is made from the nesting as the compiler makes it
 * ({@code compiler_set_qualname} in {@code Python/compile.c}): {@code f.<locals>.g}, {@code C.m}. That is wrong for what
 * a {@code global} statement names, whose qualified name is its name.
 */
final class Qualnames {
    /** Chars. Nested names add up, and a crafted file can make them as long as it likes. */
    private static final int MAX_DERIVED = 10_000;

    /** How far into a class body its name is looked for, in code units: it is the third instruction. */
    private static final int CLASS_HEAD = 16;

    // Numbers of instructions, in 3.8 to 3.10.
    private static final int STORE_NAME = 90;
    private static final int LOAD_CONST = 100;
    private static final int MAKE_FUNCTION = 132;
    private static final int EXTENDED_ARG = 144;

    private static final Set<String> COMPREHENSIONS = Set.of("<listcomp>", "<setcomp>", "<dictcomp>", "<genexpr>");

    private final PycFile file;

    /** Positions of texts by code object, 0 where there is none; null until it is asked for. */
    private int @Nullable [] stored;

    Qualnames(PycFile file) {
        this.file = file;
    }

    String of(int code) {
        int[] known = stored();
        int at = known[code];
        if (at != 0) {
            return file.objects().text(at);
        }
        StringBuilder name = new StringBuilder(nameOf(code));
        int inner = code;
        while (true) {
            int outer = file.index().of(inner, MarshalIndex.PARENT);
            // What stands in the module itself has a name without a prefix.
            if (outer < 0 || file.index().of(outer, MarshalIndex.PARENT) < 0) {
                return name.toString();
            }
            boolean hasLocals = file.isFunction(outer) && !COMPREHENSIONS.contains(nameOf(outer));
            String prefix = known[outer] != 0 ? file.objects().text(known[outer]) : nameOf(outer);
            if (name.length() + prefix.length() > MAX_DERIVED) {
                return nameOf(code);
            }
            name.insert(0, hasLocals ? ".<locals>." : ".").insert(0, prefix);
            if (known[outer] != 0) {
                return name.toString();
            }
            inner = outer;
        }
    }

    private String nameOf(int code) {
        return file.objects().text(file.index().of(code, MarshalIndex.PARTS + file.layout().codeName));
    }

    private synchronized int[] stored() {
        int[] known = stored;
        if (known == null) {
            known = new int[file.index().codeCount()];
            for (int code = 0; code < known.length; code++) {
                find(code, known);
            }
            stored = known;
        }
        return known;
    }

    /** Notes what the instructions of a code object tell of it and of those among its constants. */
    private void find(int code, int[] into) {
        byte[] bytes = file.bytes();
        int bytecode = file.index().of(code, MarshalIndex.PARTS + CodeLayout.BYTECODE);
        int from = Marshal.contentAt(bytes, bytecode);
        int units = Marshal.count(bytes, bytecode) / 2;
        int @Nullable [] constants = null;
        int before = -1; // constants that the last two instructions loaded
        int last = -1;
        int argument = 0;
        for (int i = 0; i < units; i++) {
            int instruction = bytes[from + 2 * i] & 0xFF;
            argument = argument << 8 | bytes[from + 2 * i + 1] & 0xFF;
            if (instruction == EXTENDED_ARG) {
                continue;
            }
            boolean ofFunction = instruction == MAKE_FUNCTION && before >= 0 && last >= 0;
            boolean ofClass = instruction == STORE_NAME && last >= 0 && i < CLASS_HEAD && !file.isFunction(code);
            if (ofFunction || ofClass && isQualname(code, argument)) {
                constants = constants == null ? constants(code) : constants;
                note(constants, ofFunction ? before : -1, last, code, into);
            }
            before = last;
            last = instruction == LOAD_CONST ? argument : -1;
            argument = 0;
        }
    }

    /** @param function place of the function's code among the constants, or -1 for the code object itself */
    private void note(int[] constants, int function, int qualname, int code, int[] into) {
        if (function >= constants.length || qualname >= constants.length) {
            return;
        }
        int text = constants[qualname];
        int made = function < 0 ? file.index().of(code, MarshalIndex.AT) : constants[function];
        if (Marshal.isText(Marshal.type(file.bytes(), text)) && Marshal.type(file.bytes(), made) == Marshal.CODE) {
            int index = file.index().codeAt(made);
            // A class body is made into a function as well, of its bare name; what it says itself comes later. What the
            // program assigns to __qualname__ comes after what the compiler does.
            if (function < 0 ? into[index] == 0 : file.isFunction(index)) {
                into[index] = text;
            }
        }
    }

    private boolean isQualname(int code, int name) {
        int names = file.index().of(code, MarshalIndex.PARTS + CodeLayout.NAMES);
        if (name >= Marshal.count(file.bytes(), names) || name >= CLASS_HEAD) {
            return false;
        }
        int[] first = file.index().elements(names, name + 1);
        return file.objects().text(first[name]).equals("__qualname__");
    }

    private int[] constants(int code) {
        return file.index()
                .elements(file.index().of(code, MarshalIndex.PARTS + CodeLayout.CONSTANTS), Integer.MAX_VALUE);
    }
}
