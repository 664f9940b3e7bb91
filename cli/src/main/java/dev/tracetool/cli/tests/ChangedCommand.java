package dev.tracetool.cli.tests;

import dev.tracetool.analysis.ChangedTests;
import dev.tracetool.analysis.Summary;
import dev.tracetool.cli.command.DiffFile;
import dev.tracetool.cli.command.NoTests;
import dev.tracetool.cli.command.Options;
import dev.tracetool.cli.command.Output;
import dev.tracetool.cli.command.Quantity;
import dev.tracetool.cli.command.Summaries;
import dev.tracetool.cli.command.Terminal;
import dev.tracetool.cli.command.Utf8Writer;
import dev.tracetool.export.SafeText;
import dev.tracetool.source.UnifiedDiff;
import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import picocli.CommandLine.ParseResult;

/** {@code tests --changed}: the tests to run for a diff. */
final class ChangedCommand {
    private static final int MAX_REASONS = 20;

    private final ParseResult args;
    private final Terminal terminal;

    ChangedCommand(ParseResult args, Terminal terminal) {
        this.args = args;
        this.terminal = terminal;
    }

    int run(String diffName, List<String> inputs) throws IOException {
        ChangedTests.Recorded recorded = Options.choice(args, "--recorded").equals("after")
                ? ChangedTests.Recorded.AFTER
                : ChangedTests.Recorded.BEFORE;
        boolean known = Options.isSet(args, "--known");
        try (Output output = Options.openOutput(args, terminal, inputs)) {
            UnifiedDiff diff = DiffFile.read(diffName, inputs, terminal);
            Summaries.Read read = Summaries.read(args, inputs, EnumSet.of(Summary.Part.TESTS), terminal);
            Summary summary = read.summary();
            NoTests.warn(terminal, summary.tests().size());
            ChangedTests changed =
                    new ChangedTests(summary.tests(), summary.activity().functions(), recorded);
            changed.add(diff);
            tell(changed.unknown(), known);
            Utf8Writer out = output.text();
            new TestLabels(terminal).write(out, changed.arguments(!known));
            out.flush();
            output.commit();
            return Options.exitCode(args, read.sound());
        }
    }

    private void tell(List<String> reasons, boolean known) {
        for (String reason : reasons.subList(0, Math.min(reasons.size(), MAX_REASONS))) {
            terminal.warn(SafeText.terminal(reason));
        }
        if (reasons.size() > MAX_REASONS) {
            terminal.warn("and so on: " + Quantity.count(reasons.size() - MAX_REASONS, "more change"));
        }
        if (!reasons.isEmpty()) {
            terminal.warn(
                    known
                            ? "which tests that changes is unknown: there can be more than those listed"
                            : "which tests that changes is unknown: all are listed (--known lists the others)");
        }
    }
}
