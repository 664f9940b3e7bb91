package dev.tracetool.cli.check;

import dev.tracetool.analysis.Activity;
import dev.tracetool.analysis.CoveredFile;
import dev.tracetool.analysis.FunctionActivity;
import dev.tracetool.analysis.Recorded;
import dev.tracetool.analysis.Summary;
import dev.tracetool.analysis.diff.ActivityDiff;
import dev.tracetool.analysis.diff.FunctionDiff;
import dev.tracetool.analysis.diff.Side;
import dev.tracetool.analysis.diff.TimeThreshold;
import dev.tracetool.analysis.gate.BalanceGate;
import dev.tracetool.analysis.gate.ChangeGates;
import dev.tracetool.analysis.gate.CoverageGates;
import dev.tracetool.analysis.gate.DiffCoverage;
import dev.tracetool.analysis.gate.Gate;
import dev.tracetool.analysis.gate.GateResult;
import dev.tracetool.analysis.gate.TestGates;
import dev.tracetool.analysis.gate.Threshold;
import dev.tracetool.cli.command.CommandException;
import dev.tracetool.cli.command.ExitCode;
import dev.tracetool.cli.command.Terminal;
import dev.tracetool.export.CheckReport;
import dev.tracetool.export.SafeText;
import dev.tracetool.source.UnifiedDiff;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Holds one run to its gates. A gate that asks for what was not recorded is an error, never passed. */
final class Checker {
    private final CheckRules rules;
    private final Summary head;
    private final Predicate<String> wanted;
    private final Terminal terminal;
    private final List<GateResult> results = new ArrayList<>();
    private final List<String> skipped = new ArrayList<>();
    private @Nullable DiffCoverage changed;

    /** @param wanted which files everything but tests is about */
    Checker(CheckRules rules, Summary head, Predicate<String> wanted, Terminal terminal) {
        this.rules = rules;
        this.head = head;
        this.wanted = wanted;
        this.terminal = terminal;
    }

    /** @param files all that is wanted, with their statements */
    void coverage(List<CoveredFile> files, @Nullable UnifiedDiff diff) throws CommandException {
        Threshold least = rules.diff();
        if (rules.files().isEmpty() && least == null) {
            return;
        }
        need(recorded().lines(), "statements hit", "lines");
        need(!files.isEmpty(), "statements hit", "code of a file that is meant");
        needCode(
                files,
                file -> rules.files().stream().anyMatch(rule -> rule.files().test(file)));
        results.addAll(CoverageGates.of(files, rules.files()));
        for (CoverageGates.Rule rule : rules.files()) {
            if (files.stream().noneMatch(file -> rule.files().test(file.file()))) {
                String name = SafeText.terminal(rule.name());
                need(rule.together() == null, "total coverage of " + name, "file that matches");
                terminal.warn("no file matches " + name);
            }
        }
        if (least == null) {
            return;
        }
        if (diff == null) {
            skipped.add("statements of a change: there is no --diff");
            return;
        }
        DiffCoverage ofChange = DiffCoverage.of(diff, files);
        needCode(
                files,
                file -> ofChange.files().stream()
                        .anyMatch(changedFile -> changedFile.file().equals(file)));
        changed = ofChange;
        results.add(changed.gate(least));
    }

    /** Of a file without line tables only hit lines are known, which are not a share of anything. */
    private static void needCode(List<CoveredFile> files, Predicate<String> wanted) throws CommandException {
        for (CoveredFile file : files) {
            if (!file.isCodeKnown() && wanted.test(file.file())) {
                throw CommandException.of(
                        ExitCode.DATA,
                        "cannot check statements hit: the traces have no line tables of "
                                + SafeText.terminal(file.file()) + ", so which of its lines have code is unknown");
            }
        }
    }

    void functions() throws CommandException {
        if (rules.functions().isEmpty() && !rules.has(Gate.BALANCED_CALLS)) {
            return;
        }
        List<FunctionActivity> functions = head.activity().functions(wanted, name -> true);
        need(!functions.isEmpty(), "functions", "code of a file that is meant");
        Recorded recorded = recorded();
        for (CheckRules.FunctionRule rule : rules.functions()) {
            boolean calls = rule.limit().gate() == Gate.CALLS;
            need(
                    calls ? recorded.calls() : recorded.times(),
                    rule.limit().gate().label(),
                    calls ? "calls" : "times");
            List<GateResult> found = rule.limit().of(functions);
            if (found.isEmpty()) {
                terminal.warn("no function matches " + SafeText.terminal(rule.name()));
            }
            results.addAll(found);
        }
        if (rules.has(Gate.BALANCED_CALLS)) {
            boolean ends = recorded.calls() && recorded.returns() && recorded.unwinds() && recorded.yields();
            boolean told = ends || head.activity().tellsCallers();
            need(told, Gate.BALANCED_CALLS.label(), "calls with their ends, each by return, yield or exception");
            results.addAll(BalanceGate.of(functions, head.activity().inputs()));
        }
    }

    /** @param base null if there is none */
    void changes(@Nullable Summary base) throws CommandException {
        if (rules.has(Gate.FAILED_TESTS)) {
            need(head.tests().size() > 0, Gate.FAILED_TESTS.label(), "tests");
            results.addAll(TestGates.failed(head.tests()));
        }
        if (rules.has(Gate.LOST_TESTS)) {
            if (base == null) {
                skipped.add("lost tests: there is no --base");
            } else {
                need(base.tests().size() > 0, Gate.LOST_TESTS.label(), "tests in --base");
                results.addAll(TestGates.lost(base.tests(), head.tests()));
            }
        }
        if (rules.has(Gate.NEW_UNCALLED)) {
            if (base == null) {
                skipped.add("new functions that are never called: there is no --base");
            } else {
                Recorded recorded = head.activity().recorded();
                need(
                        Activity.files(head.activity().functions(wanted, name -> true)).stream()
                                .allMatch(
                                        file -> file.hasTable() || Objects.equals(file.functionsThatRan(recorded), 0L)),
                        Gate.NEW_UNCALLED.label(),
                        "functions that never ran");
                results.addAll(ChangeGates.newUncalled(newest(base.activity())));
            }
        }
    }

    private List<FunctionDiff> newest(Activity base) throws CommandException {
        ActivityDiff diff = new ActivityDiff(
                List.of(base), List.of(head.activity()), UnaryOperator.identity(), TimeThreshold.DEFAULT);
        if (diff.comparison().isForbidden()) {
            throw CommandException.of(
                    ExitCode.DATA,
                    "cannot check " + Gate.NEW_UNCALLED.label()
                            + ": --base was recorded in another way; 'tracetool diff' tells how");
        }
        List<FunctionDiff> functions = new ArrayList<>();
        for (FunctionDiff function : diff.functions()) {
            String file = function.recordedFile(Side.HEAD);
            if (file != null && wanted.test(file)) {
                functions.add(function);
            }
        }
        return functions;
    }

    private Recorded recorded() {
        return head.activity().recorded();
    }

    private static void need(boolean known, String gate, String what) throws CommandException {
        if (!known) {
            throw CommandException.of(ExitCode.DATA, "cannot check " + gate + ": the traces have no " + what);
        }
    }

    CheckReport report() {
        return new CheckReport(head.activity().inputs(), results, List.copyOf(skipped), changed);
    }
}
