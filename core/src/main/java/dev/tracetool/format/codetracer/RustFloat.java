package dev.tracetool.format.codetracer;

import java.math.BigDecimal;
import java.math.MathContext;

/** Floating-point numbers as CodeTracer's writers spell them since November 2025: as Rust displays them, in a text. */
public final class RustFloat {
    /** So many decimal digits survive in any number of 64 bits that is not subnormal; so many are enough to tell one. */
    private static final int ALWAYS_KEPT = 15;

    private static final int MOST_NEEDED = 17;

    private RustFloat() {}

    /** Never with an exponent: {@code 1}, {@code 2.5}, {@code -0}, {@code inf}, {@code -inf}, {@code NaN}. */
    public static String text(double number) {
        if (Double.isNaN(number)) {
            return "NaN";
        }
        if (Double.isInfinite(number)) {
            return number > 0 ? "inf" : "-inf";
        }
        if (number == 0) {
            return 1 / number < 0 ? "-0" : "0";
        }
        return shortest(number).stripTrailingZeros().toPlainString();
    }

    /** With as few digits as tell it from all others. That is what {@code Double.toString} has only since JDK 19. */
    private static BigDecimal shortest(double number) {
        BigDecimal exact = new BigDecimal(number);
        int least = Math.abs(number) < Double.MIN_NORMAL ? 1 : ALWAYS_KEPT;
        for (int digits = least; digits < MOST_NEEDED; digits++) {
            BigDecimal rounded = exact.round(new MathContext(digits));
            if (rounded.doubleValue() == number) {
                return rounded;
            }
        }
        return exact.round(new MathContext(MOST_NEEDED));
    }
}
