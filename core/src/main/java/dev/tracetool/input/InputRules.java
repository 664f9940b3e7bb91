package dev.tracetool.input;

import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * What is looked for in folders and archives, and how far that may go. This package knows no formats; it is told.
 *
 * @param headBytes how many of the first bytes of a file {@code isTrace} needs at most; at least
 *     {@link Packing#HEAD_BYTES}
 * @param isTrace whether a file that begins so is looked for
 * @param isCompanion whether a file of that name, without folder, belongs to a trace beside it
 * @param limits for archives
 * @param opened every file that is not in an archive is handed through this before it is read: who wants to, counts
 *     there
 */
public record InputRules(
        int headBytes,
        Predicate<byte[]> isTrace,
        Predicate<String> isCompanion,
        InputLimits limits,
        UnaryOperator<TraceInput> opened) {
    public InputRules {
        headBytes = Math.max(headBytes, Packing.HEAD_BYTES);
    }
}
