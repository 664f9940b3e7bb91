package dev.tracetool.cli.check;

import dev.tracetool.analysis.gate.Gate;
import dev.tracetool.analysis.gate.GateResult;
import dev.tracetool.cli.command.Quantity;
import dev.tracetool.cli.command.RunFolders;
import dev.tracetool.export.Percent;
import java.math.BigInteger;

/** A result in words. Subjects and files are hostile text, and so is what is made of them here. */
final class GateText {
    private static final BigInteger PER_MILLE = BigInteger.valueOf(1000);

    private final RunFolders folders;

    GateText(RunFolders folders) {
        this.folders = folders;
    }

    /** What it is about, as in {@code Cart.total (shop/cart.py:22)}. */
    String subject(GateResult result) {
        String file = file(result);
        if (file.isEmpty() || result.gate() == Gate.FILE_COVERAGE) {
            return file.isEmpty() ? result.subject() : file;
        }
        return result.subject() + " (" + file + (result.line() > 0 ? ":" + result.line() : "") + ")";
    }

    /** Where it can be shown; empty if nowhere. */
    String file(GateResult result) {
        return result.file() == null ? "" : folders.shorten(result.file());
    }

    /** What was found, and by how much that fails. Nothing of it is hostile. */
    static String finding(GateResult result) {
        return switch (result.gate()) {
            case TOTAL_COVERAGE, FILE_COVERAGE, DIFF_COVERAGE -> share(result);
            case CALLS -> limit(Quantity.count(result.actual(), "call"), Quantity.count(limit(result)), result, false);
            case SELF_TIME, TOTAL_TIME ->
                limit(Quantity.duration(result.actual()), Quantity.duration(limit(result)), result, true);
            case FAILED_TESTS -> result.passed() ? "none failed" : "failed, or did not come to its end";
            case LOST_TESTS -> result.passed() ? "none is missing" : "ran in the base, and not here";
            case NEW_UNCALLED -> result.passed() ? "all were called" : "is new, and was never called";
            case BALANCED_CALLS ->
                result.passed()
                        ? "all came to an end"
                        : Quantity.count(result.by(), "call") + " without an end, or an end without a call";
        };
    }

    private static String share(GateResult result) {
        if (result.whole() == 0) {
            return "no statements";
        }
        String found = Quantity.count(result.actual()) + " of " + Quantity.count(result.whole(), "statement") + " hit, "
                + percent(result);
        return result.passed()
                ? found
                : found + "; " + result.limit() + "% needs " + Quantity.count(result.by()) + " more";
    }

    /** Rounded down, so that it never looks like a limit that was missed. */
    private static String percent(GateResult result) {
        if (result.actual() == 0 || result.actual() == result.whole()) {
            return Percent.of(result.actual(), result.whole());
        }
        long mille = BigInteger.valueOf(result.actual())
                .multiply(PER_MILLE)
                .divide(BigInteger.valueOf(result.whole()))
                .longValueExact();
        return mille == 0 ? "<0.1%" : mille / 10 + "." + mille % 10 + "%";
    }

    private static long limit(GateResult result) {
        return Long.parseLong(result.limit());
    }

    private static String limit(String found, String limit, GateResult result, boolean time) {
        String by = time ? Quantity.duration(result.by()) : Quantity.count(result.by());
        return found + (result.passed() ? "" : "; at most " + limit + ": " + by + (time ? " too long" : " too many"));
    }
}
