package dev.tracetool.cli.tree;

import dev.tracetool.analysis.CallForest;
import dev.tracetool.analysis.CallTree;
import dev.tracetool.cli.command.CodeSelection;
import dev.tracetool.cli.command.CommandException;
import dev.tracetool.cli.command.FileFilter;
import dev.tracetool.cli.command.Glob;
import dev.tracetool.cli.command.Numbers;
import dev.tracetool.cli.command.Options;
import dev.tracetool.export.SafeText;
import dev.tracetool.export.TreeRow;
import dev.tracetool.export.TreeRows;
import java.util.Arrays;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/**
 * What the user asked {@code tree} for.
 *
 * @param depth levels at most
 * @param minShare per cent
 */
record TreeRequest(
        String format,
        List<Glob> callers,
        Glob[] functions,
        FileFilter files,
        boolean threads,
        int depth,
        double minShare) {

    private static final double DEFAULT_MIN_SHARE = 0.5;

    static void addOptions(CommandSpec spec) {
        spec.addOption(Options.values(
                "GLOB", "Who called functions whose qualified name matches: the tree upside down.", "--callers"));
        spec.addOption(
                Options.values("GLOB", "Only what is under functions whose qualified name matches.", "--function"));
        spec.addOption(Options.values(
                "GLOB", "Only files that match, such as 'src/*'; others are part of their callers.", "--include"));
        spec.addOption(Options.values("GLOB", "No files that match.", "--exclude"));
        spec.addOption(Options.flag("A tree for each thread.", "--threads"));
        spec.addOption(Options.value("N", "Show N levels.", "--depth"));
        spec.addOption(Options.value(
                "PERCENT",
                "Sum up nodes with a smaller share of the time (or what takes its place), 0 for none (default: "
                        + DEFAULT_MIN_SHARE + "; 0 with --format json and csv).",
                "--min-share"));
    }

    static TreeRequest of(ParseResult args) throws CommandException {
        String format = Options.choice(args, "--format");
        return new TreeRequest(
                format,
                Arrays.stream(Options.values(args, "--callers")).map(Glob::of).toList(),
                CodeSelection.names(args),
                FileFilter.of(args),
                Options.isSet(args, "--threads"),
                depth(args),
                minShare(args, format));
    }

    private static int depth(ParseResult args) throws CommandException {
        String value = Options.value(args, "--depth");
        if (value == null) {
            return Integer.MAX_VALUE;
        }
        long depth = Numbers.natural("--depth", value);
        if (depth == 0) {
            throw CommandException.usage("--depth 0: expected a number of levels, from 1");
        }
        return (int) Math.min(depth, Integer.MAX_VALUE);
    }

    private static double minShare(ParseResult args, String format) throws CommandException {
        String value = Options.value(args, "--min-share");
        if (value == null) {
            return format.equals("table") || format.equals("markdown") ? DEFAULT_MIN_SHARE : 0;
        }
        try {
            double share = value.matches("[0-9]{1,3}(\\.[0-9]{1,9})?%?")
                    ? Double.parseDouble(value.endsWith("%") ? value.substring(0, value.length() - 1) : value)
                    : -1;
            if (share >= 0 && share <= 100) {
                return share;
            }
        } catch (NumberFormatException e) {
            // told below
        }
        throw CommandException.usage(
                "--min-share " + SafeText.terminal(value) + ": expected a per cent from 0 to 100, such as 0.5");
    }

    /** The tree without what is not wanted. */
    CallTree select(CallTree whole) {
        CallTree tree = threads ? whole : whole.withoutThreads();
        if (files.isSet()) {
            tree = tree.onlyFiles(files);
        }
        return functions.length == 0 ? tree : tree.under(name -> CodeSelection.matches(functions, name));
    }

    List<TreeRow> rows(CallTree selected, CallTree.Weight weight) {
        if (callers.isEmpty()) {
            return TreeRows.of(selected.forest(), weight, depth, minShare);
        }
        CallForest inverted = selected.callers(name -> matches(callers, name), depth);
        return TreeRows.ofCallers(inverted, weight, depth, minShare);
    }

    private static boolean matches(List<Glob> globs, String text) {
        for (Glob glob : globs) {
            if (glob.matches(text)) {
                return true;
            }
        }
        return false;
    }
}
