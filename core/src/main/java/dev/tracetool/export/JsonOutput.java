package dev.tracetool.export;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.SerializableString;
import tools.jackson.core.io.CharacterEscapes;
import tools.jackson.core.io.SerializedString;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.core.util.Separators;

/**
 * One JSON document, written as it comes, in the one style that all documents of this tool have: an object whose first
 * member is {@code schema}, two blanks of indentation, a newline at the end.
 *
 * <p>Texts are exact, but a reader who looks at the document on a terminal or in a CI log is safe too: control, format
 * and separator characters and the number sign stand as <code>&#92;uXXXX</code>, an unpaired surrogate becomes U+FFFD.
 *
 * <p>A failure of the writer underneath is thrown by every method as an {@link UncheckedIOException}.
 */
public final class JsonOutput implements AutoCloseable {
    private static final JsonFactory FACTORY = JsonFactory.builder().build();

    private final Writer out;
    private final JsonGenerator json;

    /**
     * Begins the document.
     *
     * @param out stays open when this is closed
     * @param schema such as {@code tracetool.report/1}
     */
    public JsonOutput(Writer out, String schema) {
        this.out = out;
        this.json = FACTORY.createGenerator(new Style(), new Unchecked(out));
        json.writeStartObject();
        field("schema", schema);
    }

    private void name(String name) {
        json.writeName(withoutUnpairedSurrogates(name));
    }

    /** A member with a text, null if unknown. */
    public JsonOutput field(String name, @Nullable String value) {
        name(name);
        return value(value);
    }

    /** A member with a whole number. */
    public JsonOutput field(String name, long value) {
        name(name);
        json.writeNumber(value);
        return this;
    }

    /** A member with a whole number, null if unknown. */
    public JsonOutput field(String name, @Nullable Long value) {
        return value == null ? nullField(name) : field(name, value.longValue());
    }

    /** A member with a whole number, null if unknown. */
    public JsonOutput field(String name, @Nullable Integer value) {
        return value == null ? nullField(name) : field(name, value.longValue());
    }

    /** A member with a number of six digits at most; null if it is infinite or none. */
    public JsonOutput decimal(String name, double value) {
        String text = decimal(value);
        if (text == null) {
            return nullField(name);
        }
        json.writeName(name);
        json.writeNumber(text);
        return this;
    }

    /** The same as text. */
    static @Nullable String decimal(double value) {
        if (!Double.isFinite(value)) {
            return null;
        }
        BigDecimal rounded = new BigDecimal(value).round(new MathContext(6));
        return rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString();
    }

    public JsonOutput field(String name, boolean value) {
        json.writeName(name);
        json.writeBoolean(value);
        return this;
    }

    /** A member of which nothing is known. */
    public JsonOutput nullField(String name) {
        json.writeName(name);
        json.writeNull();
        return this;
    }

    /** A member with a list of texts, null if unknown. */
    public JsonOutput field(String name, @Nullable Iterable<String> values) {
        if (values == null) {
            return nullField(name);
        }
        array(name);
        values.forEach(this::value);
        return endArray();
    }

    /** An element of an array, null if unknown. */
    public JsonOutput value(@Nullable String value) {
        if (value == null) {
            json.writeNull();
        } else {
            json.writeString(withoutUnpairedSurrogates(value));
        }
        return this;
    }

    /** An element of an array. */
    public JsonOutput value(long value) {
        json.writeNumber(value);
        return this;
    }

    /** Begins a member that is an object. */
    public JsonOutput object(String name) {
        json.writeName(name);
        json.writeStartObject();
        return this;
    }

    /** Begins an element of an array that is an object. */
    public JsonOutput object() {
        json.writeStartObject();
        return this;
    }

    public JsonOutput endObject() {
        json.writeEndObject();
        return this;
    }

    /** Begins a member that is an array. */
    public JsonOutput array(String name) {
        json.writeName(name);
        json.writeStartArray();
        return this;
    }

    public JsonOutput endArray() {
        json.writeEndArray();
        return this;
    }

    /** A member with a list of objects that have these fields. */
    public <T> JsonOutput rows(String name, @Nullable List<T> rows, List<Field<T>> fields) {
        if (rows == null) {
            return nullField(name);
        }
        array(name);
        for (T row : rows) {
            object().fields(row, fields).endObject();
        }
        return endArray();
    }

    /** A member for each field. */
    public <T> JsonOutput fields(T row, List<Field<T>> fields) {
        for (Field<T> field : fields) {
            if (field.text() != null) {
                field(field.name(), field.text().apply(row));
            } else if (field.number() != null) {
                field(field.name(), field.number().apply(row));
            }
        }
        return this;
    }

    /** Ends the document, with everything that is still open in it, and flushes the writer. */
    @Override
    public void close() {
        json.close();
        try {
            out.write('\n');
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String withoutUnpairedSurrogates(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                int[] points = text.codePoints()
                        .map(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE ? 0xFFFD : c)
                        .toArray();
                return new String(points, 0, points.length);
            }
        }
        return text;
    }

    private static final class Style extends ObjectWriteContext.Base {
        @Override
        public tools.jackson.core.PrettyPrinter getPrettyPrinter() {
            DefaultIndenter indenter = new DefaultIndenter("  ", "\n");
            Separators separators = Separators.createDefaultInstance()
                    .withObjectNameValueSpacing(Separators.Spacing.AFTER)
                    .withObjectEmptySeparator("")
                    .withArrayEmptySeparator("");
            return new DefaultPrettyPrinter(separators)
                    .withObjectIndenter(indenter)
                    .withArrayIndenter(indenter);
        }

        @Override
        public boolean hasPrettyPrinter() {
            return true;
        }

        @Override
        public CharacterEscapes getCharacterEscapes() {
            return Escapes.INSTANCE;
        }
    }

    private static final class Escapes extends CharacterEscapes {
        private static final long serialVersionUID = 1L;
        static final Escapes INSTANCE = new Escapes();

        private final int[] ascii = standardAsciiEscapesForJSON();

        Escapes() {
            ascii['#'] = ESCAPE_STANDARD;
            ascii[0x7F] = ESCAPE_STANDARD;
        }

        @Override
        public int[] getEscapeCodesForAscii() {
            return ascii.clone();
        }

        @Override
        public @Nullable SerializableString getEscapeSequence(int c) {
            if (Character.isSurrogate((char) c) || SafeText.isPlain(c)) {
                return null;
            }
            return new SerializedString(String.format("\\u%04X", c));
        }
    }

    /**
     * Jackson wraps checked exceptions in its own; these pass through it. It also asks for escapes of single chars only:
     * pairs of surrogates, which stand nowhere but in texts, are escaped here, if what they make is not seen.
     */
    private static final class Unchecked extends Writer {
        private final Writer out;

        /** The last high surrogate, whose other half may come with the next call. */
        private char high;

        Unchecked(Writer out) {
            this.out = out;
        }

        @Override
        public void write(char[] text, int from, int length) {
            try {
                int written = from;
                for (int i = from; i < from + length; i++) {
                    char c = text[i];
                    if (Character.isSurrogate(c)) {
                        out.write(text, written, i - written);
                        written = i + 1;
                        surrogate(c);
                    }
                }
                out.write(text, written, from + length - written);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** Each is one of a pair: those that are not have been replaced. */
        private void surrogate(char c) throws IOException {
            if (Character.isHighSurrogate(c)) {
                high = c;
            } else {
                pair(high, c);
            }
        }

        private void pair(char first, char second) throws IOException {
            if (SafeText.isPlain(Character.toCodePoint(first, second))) {
                out.write(first);
                out.write(second);
            } else {
                out.write(String.format("\\u%04X\\u%04X", (int) first, (int) second));
            }
        }

        @Override
        public void flush() {
            try {
                out.flush();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void close() {}
    }
}
