package dev.tracetool.format.codetracer.ctfs;

import dev.tracetool.format.codetracer.RecordKind;
import dev.tracetool.format.codetracer.RecordTokens;
import dev.tracetool.format.codetracer.cbor.CborValues;
import java.io.IOException;

/**
 * Output and the like, {@code events.dat}: of each its kind, a byte; the step that it belongs to; metadata and content, both
 * texts with their lengths before them. Numbers are varints. So {@code io_event_stream.nim} of codetracer-trace-format-nim
 * has it.
 */
final class OutputRecords extends StepRecords.Source {
    static final String NAME = "events";

    // Of the record that comes: where its texts lie in the bytes of its chunk.
    private int kind;
    private int metadataAt;
    private int metadataLength;
    private int contentAt;
    private int contentLength;

    OutputRecords(ChunkedRecords records, CborValues content) {
        super(records, content);
    }

    /** One that names an earlier step than that before it is of the same as that. */
    @Override
    long stepOf(long before) {
        Cursor in = records.record();
        try {
            kind = in.u8();
            long named = in.varint();
            metadataLength = in.skipBytes();
            metadataAt = in.at() - metadataLength;
            contentLength = in.skipBytes();
            contentAt = in.at() - contentLength;
            if (in.left() > 0 || named < 0) {
                throw in.malformed("expected output of " + records.length() + " bytes, found another end");
            }
            return Math.min(Math.max(named, before), NO_STEP - 2);
        } catch (MalformedContainerException e) {
            records.lose(e);
            return NO_STEP;
        }
    }

    @Override
    void tell(RecordTokens to) throws IOException {
        to.begin(records.position());
        to.startObject();
        to.name(RecordKind.EVENT.label());
        to.startObject();
        to.name("kind");
        to.number(kind);
        to.name("metadata");
        content.text(records.bytes(), metadataAt, metadataLength, to);
        to.name("content");
        content.text(records.bytes(), contentAt, contentLength, to);
        to.endObject();
        to.endObject();
        to.end();
    }
}
