package dev.tracetool.cli.command;

import dev.tracetool.analysis.CoveredFile;
import dev.tracetool.analysis.Summary;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** The option that asks for branches. */
public final class BranchOption {
    private static final String NAME = "--branch";

    private BranchOption() {}

    public static void addTo(CommandSpec spec) {
        spec.addOption(Options.flag("Tell which branches were taken, too.", NAME));
    }

    /** The parts that are to be read, with what branches are made of if they are wanted. */
    public static Set<Summary.Part> parts(ParseResult args, Summary.Part... parts) {
        Set<Summary.Part> all = EnumSet.copyOf(List.of(parts));
        if (Options.isSet(args, NAME)) {
            all.add(Summary.Part.ARCS);
        }
        return all;
    }

    /** The files with their branches, if they are wanted and known; says so where they are not known. */
    public static List<CoveredFile> apply(
            ParseResult args, List<CoveredFile> files, Summary summary, Terminal terminal) {
        if (!Options.isSet(args, NAME)) {
            return files;
        }
        if (!summary.activity().recorded().arcs()) {
            terminal.warn(
                    "not every line and call was recorded, so nothing is known of branches; record --mode lines does");
            return files;
        }
        if (!summary.arcs().isKnown()) {
            terminal.warn("nothing is known of branches: there are too many, or a summary is of an earlier version");
            return files;
        }
        return files.stream().map(file -> file.withBranches(summary.arcs())).toList();
    }
}
