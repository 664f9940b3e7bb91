package dev.tracetool.format.codetracer.json;

import dev.tracetool.code.CodeFlags;
import dev.tracetool.code.CodeObjectWrapper;
import dev.tracetool.code.CodeRecord;
import dev.tracetool.code.LineTableFormat;
import dev.tracetool.format.Losses;
import dev.tracetool.trace.TraceMetadata;
import java.util.stream.Stream;

/** Counts what records cannot hold of code objects and of the run. */
final class UnheldCode {
    private long tables;
    private long attributes;
    private long crafted;
    private long uncalled;

    /** @param called whether a function was written for it */
    void add(CodeObjectWrapper code, boolean called) {
        uncalled += called ? 0 : 1;
        CodeRecord stored = code.underlying();
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
        losses.add("fact", "about the run", facts(run));
    }

    private static long facts(TraceMetadata run) {
        return Stream.of(
                        run.python(),
                        run.implementation(),
                        run.executable(),
                        run.platform(),
                        run.host(),
                        run.pid(),
                        run.parentPid(),
                        run.parentTrace(),
                        run.startedAt(),
                        run.mode(),
                        run.scope())
                .filter(fact -> fact != null)
                .count();
    }
}
