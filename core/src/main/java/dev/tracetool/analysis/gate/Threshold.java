package dev.tracetool.analysis.gate;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

/** A least share in per cent. It is compared exactly: 7,999 of 10,000 are not 80%, and only all are 100%. */
public final class Threshold {
    private static final BigDecimal ALL = new BigDecimal(100);

    private final BigDecimal percent;

    private Threshold(BigDecimal percent) {
        this.percent = percent;
    }

    /**
     * @param percent from 0 to 100, as in {@code 80}, {@code 79.5} or {@code 80%}
     * @throws NumberFormatException if it is anything else
     */
    public static Threshold of(String percent) {
        if (!percent.matches("[0-9]{1,3}(\\.[0-9]{1,6})?%?")) {
            throw new NumberFormatException(percent);
        }
        BigDecimal value = new BigDecimal(percent.endsWith("%") ? percent.substring(0, percent.length() - 1) : percent);
        if (value.compareTo(ALL) > 0) {
            throw new NumberFormatException(percent);
        }
        return new Threshold(value);
    }

    /** How many more of the whole it takes; 0 if the part is large enough, as any part of nothing is. */
    public long missing(long part, long whole) {
        BigDecimal needed = percent.multiply(BigDecimal.valueOf(whole)).divide(ALL, 0, RoundingMode.CEILING);
        return needed.toBigInteger()
                .subtract(BigInteger.valueOf(part))
                .max(BigInteger.ZERO)
                .longValueExact();
    }

    /** As in {@code 79.5}. */
    @Override
    public String toString() {
        return percent.signum() == 0 ? "0" : percent.stripTrailingZeros().toPlainString();
    }
}
