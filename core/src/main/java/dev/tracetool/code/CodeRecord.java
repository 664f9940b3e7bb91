package dev.tracetool.code;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The record of one code object as its file holds it, read-only. Every call decodes anew; {@link CodeObjectWrapper}
 * caches. Implementations are immutable and safe for use by many threads.
 *
 * <p>Numbers that a format does not store are {@link #UNKNOWN}; texts are empty; tables are of length 0.
 */
public interface CodeRecord {
    /** What a number is when the format does not store it. */
    int UNKNOWN = -1;

    /** {@code id(code)} in the recorded process, 0 if unknown. Not unique over time: see {@link CodeObjectRegistry}. */
    long id();

    /** Index of the code object among whose constants this one is, or {@link #UNKNOWN}. */
    int parentIndex();

    /** {@code co_filename}, exactly as recorded: hostile text. */
    String filename();

    /** {@code co_qualname}: hostile text. */
    String qualname();

    /** {@code co_name}: hostile text. */
    String name();

    /** {@code co_firstlineno}; can be 0 or, in a crafted object, negative; {@link #UNKNOWN} too. */
    int firstLine();

    /** {@code co_flags}, all 32 bits, or {@link #UNKNOWN}. */
    int flags();

    /** {@code co_argcount}: positional parameters, positional-only ones included; or {@link #UNKNOWN}. */
    int argCount();

    /** {@code co_posonlyargcount}, or {@link #UNKNOWN}. */
    int positionalOnlyArgCount();

    /** {@code co_kwonlyargcount}, or {@link #UNKNOWN}. */
    int keywordOnlyArgCount();

    /** {@code len(co_code)} in bytes, or {@link #UNKNOWN}. */
    int codeLength();

    /** How {@link #lineTable()} is encoded. */
    LineTableFormat lineTableFormat();

    /** A copy of the raw line table; its lines are deltas from {@link #firstLine()}. */
    byte[] lineTable();

    /** {@code co_varnames}: arguments first, then other local variables; or null if unknown. */
    @Nullable
    List<String> variableNames();

    /** A copy of the 16-byte digest of bytecode, tables, constants and names; all zeros if unknown. */
    byte[] digest();

    // What follows is in compiled code and not in recorded runs, so that a format that does not have it says nothing.

    /** {@code co_nlocals}, or {@link #UNKNOWN}. */
    default int localCount() {
        return UNKNOWN;
    }

    /** {@code co_stacksize}, or {@link #UNKNOWN}. */
    default int stackSize() {
        return UNKNOWN;
    }

    /** A copy of {@code co_code}, or null if unknown. */
    default byte @Nullable [] bytecode() {
        return null;
    }

    /** {@code co_consts}, or null if unknown. */
    default @Nullable List<Constant> constants() {
        return null;
    }

    /** {@code co_names}, or null if unknown. */
    default @Nullable List<String> names() {
        return null;
    }

    /** {@code co_cellvars}, or null if unknown. */
    default @Nullable List<String> cellVariableNames() {
        return null;
    }

    /** {@code co_freevars}, or null if unknown. */
    default @Nullable List<String> freeVariableNames() {
        return null;
    }

    /** A copy of {@code co_exceptiontable}, empty where the version has none, or null if unknown. */
    default byte @Nullable [] exceptionTable() {
        return null;
    }
}
