package dev.tracetool.cli;

import dev.tracetool.cli.annotate.AnnotateCommand;
import dev.tracetool.cli.check.CheckCommand;
import dev.tracetool.cli.command.Command;
import dev.tracetool.cli.command.Options;
import dev.tracetool.cli.convert.ConvertCommand;
import dev.tracetool.cli.coverage.CoverageCommand;
import dev.tracetool.cli.diff.DiffCommand;
import dev.tracetool.cli.events.EventsCommand;
import dev.tracetool.cli.functions.FunctionsCommand;
import dev.tracetool.cli.inspect.InspectCommand;
import dev.tracetool.cli.lines.LinesCommand;
import dev.tracetool.cli.merge.MergeCommand;
import dev.tracetool.cli.record.RecordCommand;
import dev.tracetool.cli.record.RecorderCommand;
import dev.tracetool.cli.report.ReportCommand;
import dev.tracetool.cli.tests.TestsCommand;
import dev.tracetool.cli.timeline.TimelineCommand;
import dev.tracetool.cli.tree.TreeCommand;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** The commands by name. Only the one that is called is made: making them all would double the time to start. */
final class Commands {
    /** In the order in which help lists them. */
    private static final List<String> NAMES = List.of(
            "record",
            "inspect",
            "report",
            "coverage",
            "annotate",
            "tests",
            "tree",
            "functions",
            "timeline",
            "summarize",
            "merge",
            "convert",
            "diff",
            "check",
            "lines",
            "events",
            "recorder",
            "completion",
            "help");

    private Commands() {}

    static List<String> names() {
        return NAMES;
    }

    static @Nullable Command named(String name) {
        return switch (name) {
            case "inspect" -> new InspectCommand();
            case "report" -> new ReportCommand();
            case "coverage" -> new CoverageCommand();
            case "annotate" -> new AnnotateCommand();
            case "tests" -> new TestsCommand();
            case "summarize" -> MergeCommand.summarize();
            case "merge" -> MergeCommand.merge();
            case "convert" -> new ConvertCommand();
            case "diff" -> new DiffCommand();
            case "check" -> new CheckCommand();
            case "tree" -> new TreeCommand();
            case "functions" -> new FunctionsCommand();
            case "timeline" -> new TimelineCommand();
            case "lines" -> new LinesCommand();
            case "events" -> new EventsCommand();
            case "record" -> new RecordCommand();
            case "recorder" -> new RecorderCommand();
            case "completion" -> new CompletionCommand();
            case "help" -> new HelpCommand();
            default -> null;
        };
    }

    /** The whole tool as one model, for help and completion. */
    static CommandLine root() {
        CommandSpec root = Options.command("tracetool", "Command-line analyzer for recorded Python executions.");
        root.addOption(Options.flag("Print the version and exit.", "-V", "--version"));
        root.usageMessage()
                .customSynopsis("tracetool COMMAND [OPTIONS] [INPUT...]")
                .commandListHeading("%nCommands:%n")
                .footer(
                        "",
                        "Inputs, recognised by what is in them:",
                        "  traces of 'record' and of CodeTracer's recorders (trace.json, trace.bin, .ct),",
                        "  summaries, and compiled Python (.pyc)",
                        "  a folder, or an archive (zip, tar, gzip, bzip2, xz, zstd), of these",
                        "  -, standard input, which can be any of these but a folder",
                        "  ARCHIVE!ENTRY, one of an archive; -!ENTRY of one on standard input",
                        "",
                        "Examples:",
                        "  tracetool record -o trace.bin script.py",
                        "  tracetool report trace.bin",
                        "  tracetool inspect 'runs.zip!shard-1/trace.bin'",
                        "",
                        "'tracetool help COMMAND' explains a command.");
        for (String name : NAMES) {
            Command command = named(name);
            if (command != null) {
                root.addSubcommand(name, parser(command.spec()));
            }
        }
        return parser(root);
    }

    /** What we share with every shell tool, and not picocli's extras: no @files, no ${variables}, no quotes to trim. */
    static CommandLine parser(CommandSpec spec) {
        CommandLine line = new CommandLine(spec);
        line.setExpandAtFiles(false);
        line.setInterpolateVariables(false);
        line.setTrimQuotes(false);
        return line;
    }

    /** The name that is most like a mistyped one, or null if none is much like it. */
    static @Nullable String closest(String typed) {
        String best = null;
        int least = 3;
        for (String name : new ArrayList<>(NAMES)) {
            int distance = distance(typed, name);
            if (distance < least) {
                least = distance;
                best = name;
            }
        }
        return best;
    }

    /** Insertions, deletions and replacements that make one text of the other (Levenshtein). */
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}
