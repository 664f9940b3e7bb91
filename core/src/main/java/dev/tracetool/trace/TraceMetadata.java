package dev.tracetool.trace;

import dev.tracetool.code.LineTableFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a trace says of its run. Everything that a trace does not say is null, or an empty list; all texts are hostile.
 *
 * @param python version of the interpreter, such as {@code 3.13.5}
 * @param implementation such as {@code cpython}
 * @param argv as the program saw it
 * @param parentTrace file name of the trace of the process that forked this one
 * @param startedAt ISO 8601 with the offset from UTC
 * @param recorder name and version of the program that wrote the trace
 * @param mode {@code calls}, {@code lines}, {@code coverage}, {@code full} or {@code custom}
 * @param events names of the kinds that were asked for
 * @param once names of the kinds that were recorded only at the first event of each location, and again after each
 *     beginning of a test: their counts mean "never" or "at least so often"
 * @param clockStart clock reading at the start, in nanoseconds
 */
public record TraceMetadata(
        @Nullable String python,
        @Nullable String implementation,
        @Nullable String executable,
        @Nullable String platform,
        @Nullable String host,
        List<String> argv,
        @Nullable String cwd,
        @Nullable Long pid,
        @Nullable Long parentPid,
        @Nullable String parentTrace,
        @Nullable String startedAt,
        @Nullable String recorder,
        @Nullable String mode,
        List<String> events,
        List<String> once,
        boolean lineTimes,
        @Nullable Scope scope,
        long clockStart,
        LineTableFormat lineTableFormat,
        KindTable kinds) {

    /** Which code was recorded: globs on file names. */
    public record Scope(boolean all, List<String> include, List<String> exclude) {
        public Scope {
            include = List.copyOf(include);
            exclude = List.copyOf(exclude);
        }
    }

    /** Of a run of which a format tells no more than this, without times and tables. */
    public static TraceMetadata ofLittle(
            List<String> argv,
            @Nullable String cwd,
            @Nullable String recorder,
            List<String> events,
            LineTableFormat lineTableFormat,
            KindTable kinds) {
        return new TraceMetadata(
                null,
                null,
                null,
                null,
                null,
                argv,
                cwd,
                null,
                null,
                null,
                null,
                recorder,
                null,
                events,
                List.of(),
                false,
                null,
                0,
                lineTableFormat,
                kinds);
    }

    /** A text that is empty says nothing. */
    public static @Nullable String stated(@Nullable String text) {
        return text == null || text.isEmpty() ? null : text;
    }

    /** Whether events of a kind were asked for: if not, that there is none says nothing. */
    public boolean asked(String kind) {
        return events.isEmpty() || events.contains(kind);
    }

    public TraceMetadata {
        argv = List.copyOf(argv);
        events = List.copyOf(events);
        once = List.copyOf(once);
    }
}
