package dev.tracetool.cli.check;

import dev.tracetool.analysis.CoveredFile;
import dev.tracetool.analysis.Summary;
import dev.tracetool.cli.command.Command;
import dev.tracetool.cli.command.CommandException;
import dev.tracetool.cli.command.CoveredFiles;
import dev.tracetool.cli.command.DiffFile;
import dev.tracetool.cli.command.ExclusionOptions;
import dev.tracetool.cli.command.ExitCode;
import dev.tracetool.cli.command.FileFilter;
import dev.tracetool.cli.command.Options;
import dev.tracetool.cli.command.Output;
import dev.tracetool.cli.command.RunFolders;
import dev.tracetool.cli.command.SourceFinder;
import dev.tracetool.cli.command.Summaries;
import dev.tracetool.cli.command.Terminal;
import dev.tracetool.export.CheckJson;
import dev.tracetool.export.CheckReport;
import dev.tracetool.export.CsvTable;
import dev.tracetool.source.Exclusions;
import dev.tracetool.source.UnifiedDiff;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code check}: gates for continuous integration. */
public final class CheckCommand implements Command {
    @Override
    public CommandSpec spec() {
        CommandSpec spec = Options.command(
                "check",
                "Hold a run to gates: exit with 1 if one fails.",
                "Examples:",
                "  tracetool check --min-total 90 --min-file 'src/pay/*=100' trace.bin",
                "  tracetool check --config tracetool.toml --format github all.summary",
                "  tracetool check --diff my.diff --min-diff 100 all.summary",
                "  tracetool check --base main.summary --no-lost-tests --max-calls 'Cart.*=1000' all.summary");
        spec.addPositional(Options.inputs("The traces; several are merged."));
        CheckOptions.addTo(spec);
        FileFilter.addOptions(spec);
        SourceFinder.addOptions(spec);
        ExclusionOptions.addOptions(spec);
        Options.addResult(spec, "text", "json", "csv", "github", "markdown", "junit");
        return spec;
    }

    @Override
    public int run(ParseResult args, Terminal terminal) throws IOException {
        String format = Options.choice(args, "--format");
        FileFilter filter = FileFilter.of(args);
        Exclusions exclusions = ExclusionOptions.of(args);
        boolean color = Options.useColor(args, terminal);
        CheckRules rules = CheckOptions.rules(args);
        List<String> inputs = Options.inputs(args);
        List<String> base = Arrays.asList(Options.values(args, "--base"));
        String diffName = Options.value(args, "--diff");
        refuse(rules, diffName);
        try (Output output = Options.openOutput(args, terminal, all(inputs, base, diffName))) {
            UnifiedDiff diff = diffName == null ? null : DiffFile.read(diffName, all(inputs, base, null), terminal);
            boolean coverage = !rules.files().isEmpty() || rules.diff() != null;
            Set<Summary.Part> parts = EnumSet.of(Summary.Part.TESTS);
            if (coverage) {
                parts.add(Summary.Part.SOURCES);
            }
            Summaries.Read head = Summaries.read(args, inputs, parts, terminal);
            Summaries.Read before =
                    base.isEmpty() ? null : Summaries.read(args, base, EnumSet.of(Summary.Part.TESTS), terminal);
            RunFolders folders = RunFolders.of(head.summary().activity().inputs());
            Checker checker = new Checker(rules, head.summary(), filter, terminal);
            if (coverage) {
                SourceFinder finder = SourceFinder.of(
                        args, folders.folders(), head.summary().sources().all());
                List<CoveredFile> files = CoveredFiles.of(head.summary().activity(), filter, finder, exclusions);
                CoveredFiles.warn(terminal, files);
                checker.coverage(files, diff);
            }
            checker.functions();
            checker.changes(before == null ? null : before.summary());
            CheckReport report = checker.report();
            write(format, report, output, new GateText(folders), color);
            output.commit();
            if (Options.exitCode(args, head.sound() && (before == null || before.sound())) != ExitCode.OK) {
                return ExitCode.DATA;
            }
            return report.passed() ? ExitCode.OK : ExitCode.GATE;
        }
    }

    private static void refuse(CheckRules rules, @Nullable String diff) throws CommandException {
        if (rules.isEmpty()) {
            throw CommandException.usage("expected a gate, such as --min-total 90, or a file of gates (--config)");
        }
        if (diff != null && rules.diff() == null) {
            throw CommandException.usage("--diff needs --min-diff, or diff in the file of gates");
        }
    }

    private static List<String> all(List<String> inputs, List<String> base, @Nullable String diff) {
        List<String> all = new ArrayList<>(inputs);
        all.addAll(base);
        if (diff != null) {
            all.add(diff);
        }
        return all;
    }

    private static void write(String format, CheckReport report, Output output, GateText words, boolean color)
            throws IOException {
        switch (format) {
            case "json" -> CheckJson.write(output.writer(), report);
            case "csv" -> CsvTable.write(output.writer(), report.results(), CheckJson.fields());
            case "github" -> CheckGithub.write(output, report, words);
            case "markdown" -> CheckMarkdown.write(output, report, words);
            case "junit" -> CheckJunit.write(output, report, words);
            default -> CheckText.write(output, report, words, color);
        }
    }
}
