package dev.tracetool.summary;

import dev.tracetool.analysis.NumberReader;
import dev.tracetool.analysis.NumberWriter;
import dev.tracetool.source.RecordedSource;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The record of a source file: its digests, and never its text, so that a summary stays small. */
final class SourceRecord {
    private SourceRecord() {}

    static void write(NumberWriter out, Strings strings, RecordedSource source) {
        out.number(strings.place(source.file())).number(source.contents().size());
        source.contents().keySet().forEach(digest -> out.number(strings.place(digest)));
    }

    static RecordedSource read(NumberReader in, Texts texts) {
        String file = texts.next(in);
        TreeMap<String, byte @Nullable []> contents = new TreeMap<>();
        texts.list(in).forEach(digest -> contents.put(digest, null));
        return new RecordedSource(file, contents);
    }
}
