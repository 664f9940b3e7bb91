package dev.tracetool.export;

import dev.tracetool.analysis.Activity;
import dev.tracetool.analysis.Recorded;
import dev.tracetool.analysis.TestsAtPlace;
import java.io.Writer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code tracetool.tests/1}: which tests reach a place. */
public final class TestsJson {
    private TestsJson() {}

    /** @param tests null if it is not known whether there are any */
    public static void write(Writer out, Activity activity, @Nullable List<TestsAtPlace.Row> tests) {
        try (JsonOutput json = new JsonOutput(out, "tracetool.tests/1")) {
            InputJson.write(json, activity.inputs());
            json.rows("tests", tests, fields(activity.recorded()));
        }
    }

    /** In the order in which JSON and CSV have them. Names are a contract: fields are added, never renamed. */
    public static List<Field<TestsAtPlace.Row>> fields(Recorded recorded) {
        return List.of(
                Field.text("label", t -> t.test().label()),
                Field.text("outcome", t -> t.test().outcome()),
                Field.number("runs", t -> t.test().runs()),
                Field.perhaps("duration_ns", t -> t.test().durationNs()),
                Field.number("calls", recorded.calls(), TestsAtPlace.Row::calls),
                Field.number("hits", recorded.lines(), TestsAtPlace.Row::hits));
    }
}
