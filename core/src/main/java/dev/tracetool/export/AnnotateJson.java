package dev.tracetool.export;

import dev.tracetool.analysis.CoveredFile;
import dev.tracetool.analysis.InputActivity;
import java.io.Writer;
import java.util.List;

/** {@code tracetool.annotate/1}, file by file. */
public final class AnnotateJson implements AutoCloseable {
    private static final List<Field<AnnotatedFile.Line>> LINE = List.of(
            Field.number("line", AnnotatedFile.Line::number),
            Field.text("text", AnnotatedFile.Line::text),
            Field.text("state", line -> line.state().label()),
            Field.perhaps("hits", AnnotatedFile.Line::hits),
            Field.perhaps("tests", AnnotatedFile.Line::tests),
            Field.perhaps("calls", AnnotatedFile.Line::calls),
            Field.perhaps("self_ns", AnnotatedFile.Line::selfNs),
            Field.perhaps("time_ns", AnnotatedFile.Line::timeNs),
            Field.text("untaken", line -> line.untaken().isEmpty() ? null : line.untaken()));

    private final JsonOutput json;
    private final List<Field<CoveredFile>> figures;

    /** @param linesKnown whether lines were recorded */
    public AnnotateJson(Writer out, List<InputActivity> inputs, boolean linesKnown) {
        json = new JsonOutput(out, "tracetool.annotate/1");
        figures = CoverageJson.figures(linesKnown);
        InputJson.write(json, inputs);
        json.array("files");
    }

    /** The next file, with some of its lines. */
    public void write(AnnotatedFile file, int[] numbers) {
        json.object().fields(file.file(), figures).array("lines");
        for (int number : numbers) {
            json.object().fields(file.line(number), LINE).endObject();
        }
        json.endArray().endObject();
    }

    /** Ends the document; the writer stays open. */
    @Override
    public void close() {
        json.endArray().close();
    }
}
