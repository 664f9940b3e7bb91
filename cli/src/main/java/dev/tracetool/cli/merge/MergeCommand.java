package dev.tracetool.cli.merge;

import dev.tracetool.analysis.SourceRecords;
import dev.tracetool.analysis.Summary;
import dev.tracetool.cli.command.Command;
import dev.tracetool.cli.command.CommandException;
import dev.tracetool.cli.command.Options;
import dev.tracetool.cli.command.Output;
import dev.tracetool.cli.command.Summaries;
import dev.tracetool.cli.command.Terminal;
import dev.tracetool.summary.SummaryFile;
import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code merge} and {@code summarize}: any number of traces and summaries become one summary file. */
public final class MergeCommand implements Command {
    private final String name;
    private final String summary;
    private final String example;

    private MergeCommand(String name, String summary, String example) {
        this.name = name;
        this.summary = summary;
        this.example = example;
    }

    /** For the job that puts the shards together. */
    public static MergeCommand merge() {
        return new MergeCommand(
                "merge",
                "Merge traces and summaries into one summary file.",
                "  tracetool merge shards/*.summary -o all.summary");
    }

    /** For the job that recorded. */
    public static MergeCommand summarize() {
        return new MergeCommand(
                "summarize",
                "Summarize traces in one small file, which has all but their events.",
                "  tracetool summarize trace*.bin -o shard-3.summary");
    }

    @Override
    public CommandSpec spec() {
        CommandSpec spec = Options.command(name, summary, "Example:", example);
        spec.addPositional(Options.inputs("Traces and summaries."));
        spec.addOption(Options.value("FILE", "The summary file; needed.", "-o", "--output"));
        spec.addOption(Options.force());
        Options.addReading(spec);
        return spec;
    }

    @Override
    public int run(ParseResult args, Terminal terminal) throws IOException {
        List<String> files = Options.inputs(args);
        if (Options.value(args, "-o") == null) {
            throw CommandException.usage("-o FILE is needed: a summary is not for a terminal");
        }
        try (Output output = Options.openOutput(args, terminal, files)) {
            Summaries.Read read = Summaries.merged(args, files, EnumSet.allOf(Summary.Part.class), terminal);
            if (!read.summary().sources().isWhole()) {
                terminal.warn("there are more than " + (SourceRecords.MAX_TEXTS >> 20)
                        + " MiB of source texts: the longest are left out");
            }
            SummaryFile.write(read.summary(), output.stream());
            output.commit();
            return Options.exitCode(args, read.sound());
        }
    }
}
