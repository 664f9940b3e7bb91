package dev.tracetool.format.codetracer.json;

import dev.tracetool.code.CodeFlags;
import dev.tracetool.code.CodeObjectWrapper;
import dev.tracetool.code.CodeRecord;
import dev.tracetool.code.LineTableFormat;
import dev.tracetool.format.Losses;
import dev.tracetool.trace.TraceMetadata;
import org.jspecify.annotations.Nullable;

/** Counts what records cannot hold of code objects and of the run. */
final class UnheldCode {
    private long tables;
    private long attributes;
    private long crafted;
    private long uncalled;

    /** @param called whether a function was written for it */
    void add(CodeObjectWrapper code, boolean called) {
        CodeRecord stored = code.underlying();
        // What stands for steps of no function is no code, and steps tell where they are.
        uncalled += called || !code.identity().isFunction() ? 0 : 1;
        tables += stored.lineTableFormat() != LineTableFormat.NONE && stored.lineTable().length > 0 ? 1 : 0;
        boolean more = stored.id() != 0
                || stored.flags() != CodeFlags.UNKNOWN
                || stored.argCount() != CodeRecord.UNKNOWN
                || stored.codeLength() != CodeRecord.UNKNOWN
                || !code.identity().digest().isEmpty();
        attributes += more && called ? 1 : 0;
        crafted += stored.firstLine() < CodeRecord.UNKNOWN ? 1 : 0;
    }

    void addTo(Losses losses, TraceMetadata run) {
        losses.add("line table", tables);
        losses.add("code object", "of which file, name and first line are held", attributes);
        losses.add("code object", "of which no call is known", uncalled);
        losses.add("negative first line", crafted);
        facts(run, losses);
    }

    /** One by one, so that who misses one knows. */
    private static void facts(TraceMetadata run, Losses losses) {
        fact("the Python version", run.python(), losses);
        fact("the implementation of Python", run.implementation(), losses);
        fact("the path of the interpreter", run.executable(), losses);
        fact("the platform", run.platform(), losses);
        fact("the host", run.host(), losses);
        fact("the process id", run.pid(), losses);
        fact("the parent's process id", run.parentPid(), losses);
        fact("the name of the parent's trace", run.parentTrace(), losses);
        fact("the time of the start", run.startedAt(), losses);
        fact("the mode of recording", run.mode(), losses);
        fact("the scope of recording", run.scope(), losses);
    }

    private static void fact(String name, @Nullable Object fact, Losses losses) {
        if (fact != null) {
            losses.addFact(name);
        }
    }
}
