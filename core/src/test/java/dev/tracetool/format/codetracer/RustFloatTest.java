package dev.tracetool.format.codetracer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;

class RustFloatTest {
    /** What {@code f64}'s {@code Display} says. */
    @Test
    void should_spell_numbers_as_rust_does() {
        assertEquals("1", RustFloat.text(1));
        assertEquals("-2.5", RustFloat.text(-2.5));
        assertEquals("0", RustFloat.text(0));
        assertEquals("-0", RustFloat.text(-0.0));
        assertEquals("0.1", RustFloat.text(0.1));
        assertEquals("0.30000000000000004", RustFloat.text(0.1 + 0.2));
        assertEquals("100000000000000000000000", RustFloat.text(1e23));
        assertEquals("20000000000000000", RustFloat.text(2e16));
        assertEquals("0.000000000000056843418860808015", RustFloat.text(0x1p-44));
        assertEquals("NaN", RustFloat.text(Double.NaN));
        assertEquals("inf", RustFloat.text(Double.POSITIVE_INFINITY));
        assertEquals("-inf", RustFloat.text(Double.NEGATIVE_INFINITY));
        assertEquals("1" + "0".repeat(300), RustFloat.text(1e300));
        assertEquals("0." + "0".repeat(323) + "5", RustFloat.text(Double.MIN_VALUE));
    }

    @Test
    void should_lose_nothing() {
        Random random = new Random(1);
        for (int i = 0; i < 20_000; i++) {
            double number = Double.longBitsToDouble(random.nextLong());
            if (Double.isFinite(number)) {
                String text = RustFloat.text(number);
                assertEquals(number, Double.parseDouble(text), text);
                assertFalse(text.contains("E"), text);
                int digits = text.replaceAll("[-.]", "")
                        .replaceAll("^0+", "")
                        .replaceAll("0+$", "")
                        .length();
                assertTrue(digits <= 17, text);
            }
        }
    }
}
