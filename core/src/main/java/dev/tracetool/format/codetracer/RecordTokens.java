package dev.tracetool.format.codetracer;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;

/**
 * Receives records with all that they hold, where a {@link RecordSink} gets only what ran. A record comes as the tokens
 * that it has in JSON, {@code {"Step": {"path_id": 0, "line": 3}}}, whatever its encoding: the other encodings have the
 * same model, or a schema of it.
 *
 * <p>Each record stands between {@link #begin} and {@link #end}. One that has no end, because the input has none or is
 * damaged, is as if it never began. Nothing is handed over in one piece that can be large: that comes as a stream, which
 * is read to its end.
 */
public interface RecordTokens {
    /** The longest name of a member, in bytes. */
    int MAX_MEMBER = 1 << 16;

    /** @param position of the record in the file, for damage */
    void begin(long position);

    /** The record is whole. */
    void end() throws IOException;

    /** The record cannot be had whole, and is not: it is damage. To be called before its end. */
    void spoil(String message);

    /** Whether it is worth handing over more of the record: not if it is spoilt, or too large already. */
    boolean wanted();

    /** Something of the record is told in another way, or not at all. Both texts are as in {@code Losses.Loss}. */
    void lose(String noun, String note);

    void startObject();

    void endObject();

    void startArray();

    void endArray();

    /** The name of the member that comes next. */
    void name(String name);

    void text(String text);

    void text(char[] text, int offset, int length);

    /** A text of any length. */
    void text(Reader text) throws IOException;

    /** Bytes, of any number: JSON has them as base64. */
    void bytes(InputStream bytes) throws IOException;

    void number(long number);

    /** A number as JSON spells it. */
    void number(String digits);

    /** A number that can be one that JSON does not have. */
    void real(double number);

    void bool(boolean value);

    /** Null. */
    void none();
}
