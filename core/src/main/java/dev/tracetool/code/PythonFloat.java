package dev.tracetool.code;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * Floating-point numbers as Python writes them: the shortest decimal number that is read back as the same, of several
 * the nearest ({@code PyOS_double_to_string} with format {@code r}). {@link Double#toString} is not always the shortest
 * before Java 19.
 */
public final class PythonFloat {
    /** Digits that always suffice. */
    private static final int MAX_DIGITS = 17;

    /** Decimal exponents below and from which Python writes an exponent. */
    private static final int MIN_POINT = -4;

    private static final int MAX_POINT = 16;

    private PythonFloat() {}

    /** {@code repr} of a {@code float}. */
    public static String repr(double value) {
        String text = bare(value);
        boolean whole = !Double.isNaN(value) && !Double.isInfinite(value);
        for (int i = 0; i < text.length() && whole; i++) {
            whole = text.charAt(i) != '.' && text.charAt(i) != 'e';
        }
        return whole ? text + ".0" : text;
    }

    /** {@code repr} of a {@code complex}. */
    public static String repr(double real, double imaginary) {
        if (Double.compare(real, 0.0) == 0) {
            return bare(imaginary) + "j";
        }
        String second = bare(imaginary);
        return "(" + bare(real) + (second.startsWith("-") ? "" : "+") + second + "j)";
    }

    private static String bare(double value) {
        if (Double.isNaN(value)) {
            return "nan";
        }
        if (Double.isInfinite(value)) {
            return value > 0 ? "inf" : "-inf";
        }
        String sign = Double.compare(value, 0.0) < 0 ? "-" : "";
        double size = Math.abs(value);
        return sign + (size == 0 ? "0" : positive(shortest(size)));
    }

    private static String positive(BigDecimal value) {
        BigDecimal plain = value.stripTrailingZeros();
        String digits = plain.unscaledValue().toString();
        int exponent = digits.length() - 1 - plain.scale();
        if (exponent < MIN_POINT || exponent >= MAX_POINT) {
            String fraction = digits.length() == 1 ? "" : "." + digits.substring(1);
            String size = Integer.toString(Math.abs(exponent));
            return digits.charAt(0) + fraction + (exponent < 0 ? "e-" : "e+") + (size.length() == 1 ? "0" : "") + size;
        }
        return plain.toPlainString();
    }

    private static BigDecimal shortest(double size) {
        BigDecimal exact = new BigDecimal(size);
        for (int digits = 1; digits < MAX_DIGITS; digits++) {
            // The nearest one can be read back as the neighbour, where the gap below is half the gap above.
            BigDecimal best = null;
            for (RoundingMode mode : new RoundingMode[] {RoundingMode.HALF_EVEN, RoundingMode.DOWN, RoundingMode.UP}) {
                BigDecimal candidate = exact.round(new MathContext(digits, mode));
                if (candidate.doubleValue() == size) {
                    best = candidate;
                    break;
                }
            }
            if (best != null) {
                return best;
            }
        }
        return exact.round(new MathContext(MAX_DIGITS, RoundingMode.HALF_EVEN));
    }
}
