package dev.tracetool.format;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonToken;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.UnexpectedEndOfInputException;

/**
 * What Jackson says is wrong, as positions and messages of ours: its own have several lines, name its sources and settings,
 * and cite what they met.
 */
public final class JsonErrors {
    private static final Pattern CODE = Pattern.compile("code (\\d+)");
    private static final Pattern BYTE = Pattern.compile("byte 0x([0-9a-f]{2})", Pattern.CASE_INSENSITIVE);

    private static final Pattern CLOSE = Pattern.compile("close marker '([]}])': expected '([]}])'");

    /** What is wrong with a value that has no end. */
    public static final String CUT_OFF = "expected the rest of a JSON value, found the end";

    private JsonErrors() {}

    /** The byte where the error is, or the other one, if Jackson does not say. */
    public static long position(JacksonException e, long otherwise) {
        long at = e.getLocation() == null ? -1 : e.getLocation().getByteOffset();
        return at < 0 ? otherwise : at;
    }

    /** Whether it is bytes that are no UTF-8; the position of these is off by some. */
    public static boolean isUtf8(JacksonException e) {
        return String.valueOf(e.getOriginalMessage()).startsWith("Invalid UTF-8");
    }

    /** Whether it is a text or a number that is too long, which can be passed over. */
    public static boolean isTooLong(StreamConstraintsException e) {
        String message = String.valueOf(e.getOriginalMessage());
        return message.startsWith("String value length") || message.startsWith("Number value length");
    }

    /** What is wrong, in one line. */
    public static String message(JacksonException e) {
        String message = String.valueOf(e.getOriginalMessage());
        if (e instanceof UnexpectedEndOfInputException || message.startsWith("Unexpected end-of-input")) {
            return CUT_OFF;
        }
        if (e instanceof StreamConstraintsException) {
            return message.contains("nesting depth")
                    ? "expected values that are not nested so deep, found a deeper one"
                    : isTooLong((StreamConstraintsException) e)
                            ? "expected a text or a number that is not so long, found a longer one"
                            : "expected a name that is not so long, found a longer one";
        }
        Matcher wrong = BYTE.matcher(message);
        if (isUtf8(e) && wrong.find()) {
            return "expected UTF-8, found the byte 0x" + wrong.group(1).toLowerCase(Locale.ROOT);
        }
        Matcher code = CODE.matcher(message);
        if (code.find()) {
            String found = character(code.group(1));
            if (message.startsWith("Illegal unquoted character")) {
                return "expected a text without control characters, found " + found;
            }
            if (message.startsWith("Unrecognized character escape")) {
                return "expected an escape of JSON, found a backslash before " + found;
            }
            return "expected JSON, found " + found;
        }
        Matcher close = CLOSE.matcher(message);
        if (close.find()) {
            return "expected '" + close.group(2) + "', found '" + close.group(1) + "'";
        }
        if (message.startsWith("Duplicate Object property")) {
            return "expected each name of an object once, found one again";
        }
        if (message.startsWith("Unrecognized token")) {
            return "expected JSON, found a word that is none";
        }
        if (message.startsWith("Invalid numeric value") || message.startsWith("Numeric value")) {
            return "expected a number, found something else";
        }
        return "expected JSON, found something else";
    }

    private static String character(String decimal) {
        int c;
        try {
            c = Integer.parseInt(decimal);
        } catch (NumberFormatException e) {
            return "another character";
        }
        return character(c);
    }

    /** What a value is, by the first of its tokens; null is the end. */
    public static String describe(@Nullable JsonToken token) {
        if (token == null) {
            return "the end";
        }
        return switch (token) {
            case START_OBJECT -> "an object";
            case START_ARRAY -> "an array";
            case VALUE_STRING -> "a text";
            case VALUE_NUMBER_INT -> "a number";
            case VALUE_NUMBER_FLOAT -> "a fraction";
            case VALUE_TRUE, VALUE_FALSE -> "a boolean";
            case VALUE_NULL -> "null";
            default -> "something else";
        };
    }

    /** A byte where there should be none of the kind. */
    public static String describeByte(int b) {
        return b < 0x80 ? character(b) : String.format(Locale.ROOT, "the byte 0x%02x", b);
    }

    private static String character(int c) {
        return c > ' ' && c < 0x7F ? "'" + (char) c + "'" : String.format(Locale.ROOT, "the character U+%04X", c);
    }
}
