package dev.tracetool.format.codetracer;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
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

    private JsonErrors() {}

    /** The byte where the error is, or the other one, if Jackson does not say. */
    public static long position(JacksonException e, long otherwise) {
        long at = e.getLocation() == null ? -1 : e.getLocation().getByteOffset();
        return at < 0 ? otherwise : at;
    }

    /** What is wrong, in one line. */
    public static String message(JacksonException e) {
        String message = String.valueOf(e.getOriginalMessage());
        if (e instanceof UnexpectedEndOfInputException || message.startsWith("Unexpected end-of-input")) {
            return "expected the rest of a JSON value, found the end";
        }
        if (e instanceof StreamConstraintsException) {
            return message.contains("nesting depth")
                    ? "expected values that are not nested so deep, found a deeper one"
                    : "expected a text or a number that is not so long, found a longer one";
        }
        Matcher wrong = BYTE.matcher(message);
        if (message.startsWith("Invalid UTF-8") && wrong.find()) {
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
        return c > ' ' && c < 0x7F ? "'" + (char) c + "'" : String.format("the character U+%04X", c);
    }
}
