package dev.tracetool.cli.command;

import dev.tracetool.export.SafeText;
import java.math.BigDecimal;
import java.math.RoundingMode;

/** Numbers as options have them. */
public final class Numbers {
    private Numbers() {}

    /** Decimal, or hexadecimal after {@code 0x}: up to 64 bits, unsigned. */
    public static long unsigned(String option, String text) throws CommandException {
        try {
            return text.startsWith("0x") || text.startsWith("0X")
                    ? Long.parseUnsignedLong(plain(text.substring(2)), 16)
                    : Long.parseUnsignedLong(plain(text));
        } catch (NumberFormatException e) {
            throw CommandException.usage(
                    option + " " + SafeText.terminal(text) + ": expected a number, decimal or 0x and hexadecimal");
        }
    }

    /** From 0 to 2^63 - 1, decimal. */
    public static long natural(String option, String text) throws CommandException {
        return natural(option, text, "a number");
    }

    /** @param expected what the number is to be, for an error */
    static long natural(String option, String text, String expected) throws CommandException {
        try {
            return Long.parseLong(plain(text));
        } catch (NumberFormatException e) {
            throw CommandException.usage(option + " " + SafeText.terminal(text) + ": expected " + expected);
        }
    }

    /** Java also takes signs, and digits of other scripts. */
    private static String plain(String digits) {
        for (int i = 0; i < digits.length(); i++) {
            char c = digits.charAt(i);
            boolean digit = c >= '0' && c <= '9' || c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F';
            if (!digit) {
                throw new NumberFormatException(digits);
            }
        }
        return digits;
    }

    /** A time with its unit, such as {@code 1.5s} or {@code 200ms}; without a unit it is in seconds. */
    public static long nanoseconds(String option, String text) throws CommandException {
        int end = text.length();
        while (end > 0 && text.charAt(end - 1) != '.' && !isDigit(text.charAt(end - 1))) {
            end--;
        }
        long unit = switch (text.substring(end)) {
            case "ns" -> 1L;
            case "us", "µs" -> 1_000L;
            case "ms" -> 1_000_000L;
            case "s", "" -> 1_000_000_000L;
            case "m", "min" -> 60_000_000_000L;
            case "h" -> 3_600_000_000_000L;
            default -> 0L;
        };
        String number = text.substring(0, end);
        try {
            if (unit == 0 || number.isEmpty() || !isDecimal(number)) {
                throw new NumberFormatException(text);
            }
            return new BigDecimal(number)
                    .multiply(BigDecimal.valueOf(unit))
                    .setScale(0, RoundingMode.HALF_EVEN)
                    .longValueExact();
        } catch (ArithmeticException | NumberFormatException e) {
            throw CommandException.usage(
                    option + " " + SafeText.terminal(text) + ": expected a time such as 1.5s, 200ms or 30us");
        }
    }

    private static boolean isDecimal(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) != '.' && !isDigit(text.charAt(i))) {
                return false;
            }
        }
        return text.length() <= 30;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
