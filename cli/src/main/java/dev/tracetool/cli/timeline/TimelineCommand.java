package dev.tracetool.cli.timeline;

import dev.tracetool.analysis.InputActivity;
import dev.tracetool.analysis.Summary;
import dev.tracetool.analysis.Timeline;
import dev.tracetool.cli.command.Command;
import dev.tracetool.cli.command.CommandException;
import dev.tracetool.cli.command.ListOptions;
import dev.tracetool.cli.command.NeededTimes;
import dev.tracetool.cli.command.Numbers;
import dev.tracetool.cli.command.Options;
import dev.tracetool.cli.command.Output;
import dev.tracetool.cli.command.Summaries;
import dev.tracetool.cli.command.Terminal;
import dev.tracetool.export.TimelineChart;
import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code timeline}: when each thread was busy, as a chart. */
public final class TimelineCommand implements Command {
    private static final int DEFAULT_WIDTH = 60;
    private static final int MAX_WIDTH = 1000;
    private static final int DEFAULT_TOP = 20;

    /** What a row has beside its chart, about. */
    private static final int LABELS = 40;

    @Override
    public CommandSpec spec() {
        CommandSpec spec = Options.command(
                "timeline",
                "Show when each thread was busy, as a chart of its time in recorded functions.",
                "Examples:",
                "  tracetool timeline trace.bin",
                "  tracetool timeline --show calls --width 100 trace.bin");
        spec.addPositional(Options.inputs("The traces; runs of one machine are shown at their times to each other."));
        spec.addOption(Options.choice(
                "What to show: the share of time in recorded functions, or calls (default: busy).",
                List.of("busy", "calls"),
                "--show"));
        spec.addOption(Options.value(
                "N", "Columns of the chart (default: what the terminal has room for, else 60).", "--width"));
        spec.addOption(
                Options.value("N", "Show the N busiest threads, 0 for all (default: " + DEFAULT_TOP + ").", "--top"));
        spec.addOption(Options.flag("Draw with characters of ASCII.", "--ascii"));
        Options.addResult(spec, "table", "json", "csv", "markdown");
        return spec;
    }

    @Override
    public int run(ParseResult args, Terminal terminal) throws IOException {
        String format = Options.choice(args, "--format");
        boolean calls = Options.choice(args, "--show").equals("calls");
        boolean color = Options.useColor(args, terminal);
        int top = ListOptions.first(args, "--top", "threads", DEFAULT_TOP);
        List<String> files = Options.inputs(args);
        try (Output output = Options.openOutput(args, terminal, files)) {
            int width = width(args, output.width(terminal));
            Summaries.Read read = Summaries.read(args, files, EnumSet.of(Summary.Part.TIMELINE), terminal);
            List<InputActivity> inputs = read.summary().activity().inputs();
            needTimes(read.summary());
            TimelineChart chart = new TimelineChart(read.summary().timeline(), inputs, width);
            new TimelineOutput(output, output.width(terminal), color, calls, Options.isSet(args, "--ascii"), top)
                    .write(format, inputs, chart);
            output.commit();
            return Options.exitCode(args, read.sound());
        }
    }

    private static int width(ParseResult args, int terminal) throws CommandException {
        String value = Options.value(args, "--width");
        if (value == null) {
            return terminal == 0 ? DEFAULT_WIDTH : Math.max(20, terminal - LABELS);
        }
        long width = Numbers.natural("--width", value);
        if (width < 1 || width > MAX_WIDTH) {
            throw CommandException.usage("--width " + width + ": expected 1 to " + MAX_WIDTH);
        }
        return (int) width;
    }

    private static void needTimes(Summary summary) throws CommandException {
        NeededTimes.check(summary.activity().inputs(), "a timeline");
        for (InputActivity input : summary.activity().inputs()) {
            boolean called = input.threads().stream().anyMatch(thread -> isPositive(thread.calls()));
            if (called && !summary.timeline().has(Timeline.Run.of(input))) {
                throw CommandException.file(
                        input.name(), "comes from a summary file without times of threads; name the trace itself");
            }
        }
    }

    private static boolean isPositive(@Nullable Long number) {
        return number != null && number > 0;
    }
}
