package dev.tracetool.format.codetracer.cbor;

import dev.tracetool.format.codetracer.MalformedRecordException;
import dev.tracetool.format.codetracer.RecordKind;
import dev.tracetool.format.codetracer.RecordSink;
import dev.tracetool.format.codetracer.RecordTokens;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.LongSupplier;

/**
 * Reads records that are CBOR items, one after the other: a map of one member, from the name of the kind to what it
 * holds, or for a kind that holds nothing, its name alone. In what order members come does not matter; those that are not
 * known are skipped.
 *
 * <p>An item is passed on only when all of it is there.
 */
public final class CborRecords {
    private static final byte[][] KINDS = new byte[RecordKind.values().length][];
    private static final RecordKind[] KIND = RecordKind.values();
    private static final byte[][] FIELDS = {utf8("path_id"), utf8("line"), utf8("name"), utf8("function_id")};
    private static final int PATH_ID = 0;
    private static final int LINE = 1;
    private static final int NAME = 2;
    private static final int FUNCTION_ID = 3;

    static {
        for (RecordKind kind : KIND) {
            KINDS[kind.ordinal()] = utf8(kind.label());
        }
    }

    private final CborInput in;
    private final CborTokens tokens;
    private long position;

    // The members of the record that is being read.
    private long pathId;
    private long line;
    private long functionId;
    private String name = "";

    private static final int MAX_TAGS = 16;

    /** @param content is read to its end at most, in large pieces, and not closed */
    public CborRecords(InputStream content) {
        this.in = new CborInput(content);
        this.tokens = new CborTokens(in);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Where the record begins that was passed on last, in bytes of the content. */
    public long position() {
        return position;
    }

    /**
     * Passes on the next record.
     *
     * @return false at the end, if that is where a record ends
     * @throws MalformedRecordException with a position in the content; nothing can be read after that
     */
    public boolean next(RecordSink sink) throws IOException, MalformedRecordException {
        if (!head()) {
            return false;
        }
        if (in.major() == CborInput.MAP && (in.argument() == 1 || in.argument() == CborInput.INDEFINITE)) {
            long members = in.argument();
            if (members == 1 || !in.takeBreak()) {
                member(sink, members);
                return true;
            }
        } else if (in.major() == CborInput.TEXT) {
            int kind = in.restOneOf(KINDS);
            if (kind == RecordKind.DROP_LAST_STEP.ordinal()) {
                sink.dropLastStep();
                return true;
            }
        } else {
            in.skipRest();
        }
        sink.unknown("another item than a map from the name of one");
        return true;
    }

    /**
     * Passes on the next record with all that it holds.
     *
     * @param place of the record that is passed on, in the file
     * @return false at the end, if that is where a record ends
     * @throws MalformedRecordException with a position in the content; nothing can be read after that
     */
    public boolean copy(RecordTokens to, LongSupplier place) throws IOException, MalformedRecordException {
        if (!head()) {
            return false;
        }
        to.begin(place.getAsLong());
        try {
            tokens.copyRest(to);
        } catch (DamagedItemException e) {
            throw e.what();
        }
        to.end();
        return true;
    }

    /** Reads the head of the next record, without its tags; false at the end. */
    private boolean head() throws IOException, MalformedRecordException {
        position = in.position();
        if (in.atEnd()) {
            return false;
        }
        in.head();
        for (int tags = 0; in.major() == CborInput.TAG; tags++) {
            if (tags == MAX_TAGS) {
                throw new MalformedRecordException(
                        position, "expected a record, found more than " + MAX_TAGS + " tags");
            }
            in.head();
        }
        if (in.major() != CborInput.MAP && in.major() != CborInput.TEXT) {
            // No writer has items between its records: this is something else, of which no more can be told.
            throw new MalformedRecordException(
                    position, "expected a record, which is a map or a text, found an item of type " + in.major());
        }
        return true;
    }

    private void member(RecordSink sink, long members) throws IOException, MalformedRecordException {
        int number = in.oneOf(KINDS);
        if (number < 0) {
            in.skip();
        } else {
            content(KIND[number]);
        }
        boolean more = false;
        while (members == CborInput.INDEFINITE && !in.takeBreak()) {
            in.skip();
            in.skip();
            more = true;
        }
        if (number < 0 || more) {
            sink.unknown(more ? "a map of several members" : "another name");
        } else {
            passOn(KIND[number], sink);
        }
    }

    private void content(RecordKind kind) throws IOException, MalformedRecordException {
        switch (kind) {
            case STEP, FUNCTION, CALL -> members();
            case PATH -> name = in.name();
            case THREAD_START, THREAD_EXIT, THREAD_SWITCH -> line = in.unsigned();
            default -> in.skip();
        }
    }

    private void members() throws IOException, MalformedRecordException {
        pathId = RecordSink.NO_NUMBER;
        line = RecordSink.NO_NUMBER;
        functionId = RecordSink.NO_NUMBER;
        name = RecordSink.NO_NAME;
        in.head();
        if (in.major() != CborInput.MAP) {
            in.skipRest();
            return;
        }
        long left = in.argument();
        while (left == CborInput.INDEFINITE ? !in.takeBreak() : left-- > 0) {
            switch (in.oneOf(FIELDS)) {
                case PATH_ID -> pathId = in.number();
                case LINE -> line = in.number();
                case NAME -> name = in.name();
                case FUNCTION_ID -> functionId = in.number();
                default -> in.skip();
            }
        }
    }

    private void passOn(RecordKind kind, RecordSink sink) throws IOException {
        switch (kind) {
            case STEP -> sink.step(pathId, line);
            case PATH -> sink.path(name);
            case FUNCTION -> sink.function(pathId, line, name);
            case CALL -> sink.call(functionId);
            case RETURN -> sink.leave();
            case THREAD_START, THREAD_EXIT, THREAD_SWITCH -> sink.thread(kind, line);
            case DROP_LAST_STEP -> sink.dropLastStep();
            default -> sink.other(kind);
        }
    }
}
