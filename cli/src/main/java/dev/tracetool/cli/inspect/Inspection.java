package dev.tracetool.cli.inspect;

import dev.tracetool.cli.command.CommandException;
import dev.tracetool.cli.command.Failures;
import dev.tracetool.cli.command.InputReader;
import dev.tracetool.cli.command.Inputs;
import dev.tracetool.cli.command.Terminal;
import dev.tracetool.code.CodeObjectWrapper;
import dev.tracetool.input.LimitException;
import dev.tracetool.input.TraceInput;
import dev.tracetool.trace.Trace;
import dev.tracetool.trace.TraceException;
import dev.tracetool.trace.TraceSummary;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Inspects one trace after the other. One that cannot be read is told of, and the others are shown all the same. */
final class Inspection {
    /** Makes the renderer, once it is known whether there can be several traces. */
    interface Renderers {
        InspectCommand.Renderer of(boolean several);
    }

    private final Terminal terminal;
    private final CodeChoice codes;
    private final boolean several;
    private final Renderers renderers;
    private InspectCommand.@Nullable Renderer renderer;
    private boolean sound = true;
    private boolean failed;

    /** @param several whether there are several inputs */
    Inspection(Terminal terminal, CodeChoice codes, boolean several, Renderers renderers) {
        this.terminal = terminal;
        this.codes = codes;
        this.several = several;
        this.renderers = renderers;
    }

    /** All traces of an input. */
    void add(InputReader reader, String name) throws IOException {
        try {
            reader.each(name, false, this::add);
        } catch (TraceException | LimitException | CommandException e) {
            // An output that cannot be written fails again at once.
            if (!several && renderer == null) {
                throw e;
            }
            fail(e);
        }
    }

    private void add(TraceInput input, boolean exact) throws IOException {
        try (Trace trace = InputReader.trace(input)) {
            TraceSummary summary = trace.summary();
            sound &= Inputs.warn(terminal, trace.name(), summary);
            if (codes.listed()) {
                sound &= Inputs.warnOfTables(terminal, trace.name(), summary.codes());
            }
            List<CodeObjectWrapper> chosen = codes.from(trace.name(), summary.codes());
            terminal.clear();
            renderer(several || !exact).add(trace, summary, chosen);
        } catch (TraceException | LimitException | CommandException e) {
            if (exact) {
                throw e;
            }
            fail(e);
        }
    }

    private InspectCommand.Renderer renderer(boolean array) {
        InspectCommand.Renderer known = renderer;
        if (known == null) {
            known = renderers.of(array);
            renderer = known;
        }
        return known;
    }

    private void fail(IOException error) {
        failed = true;
        Failures.report("tracetool inspect", error, terminal);
    }

    void end() throws IOException {
        renderer(true).end();
    }

    /** Whether nothing was lost of what was shown. */
    boolean sound() {
        return sound;
    }

    /** Whether something could not be shown. */
    boolean failed() {
        return failed;
    }
}
