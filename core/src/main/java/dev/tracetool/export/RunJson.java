package dev.tracetool.export;

import dev.tracetool.trace.Damage;
import dev.tracetool.trace.TraceMetadata;

/** What several documents say of a trace, in the same words. */
public final class RunJson {
    private RunJson() {}

    /** The member {@code damage}: an object even if there is none. */
    public static void damage(JsonOutput json, Damage damage) {
        json.object("damage")
                .field("places", damage.places())
                .field("bytes", damage.bytes())
                .field("frames", damage.frames())
                .field("events", damage.events())
                .array("notes");
        for (Damage.Note note : damage.notes()) {
            json.object()
                    .field("position", note.position())
                    .field("message", note.message())
                    .endObject();
        }
        json.endArray().endObject();
    }

    /** The member {@code metadata}. */
    public static void metadata(JsonOutput json, TraceMetadata run) {
        json.object("metadata")
                .field("python", run.python())
                .field("implementation", run.implementation())
                .field("executable", run.executable())
                .field("platform", run.platform())
                .field("argv", run.argv().isEmpty() ? null : run.argv())
                .field("cwd", run.cwd())
                .field("pid", run.pid())
                .field("parent_pid", run.parentPid())
                .field("parent_trace", run.parentTrace())
                .field("started_at", run.startedAt())
                .field("host", run.host())
                .field("recorder", run.recorder())
                .field("mode", run.mode())
                .field("events", run.events().isEmpty() ? null : run.events())
                .field("once", run.once())
                .field("line_times", run.lineTimes());
        TraceMetadata.Scope scope = run.scope();
        if (scope == null) {
            json.nullField("scope");
        } else {
            json.object("scope")
                    .field("all", scope.all())
                    .field("include", scope.include())
                    .field("exclude", scope.exclude())
                    .endObject();
        }
        json.endObject();
    }
}
