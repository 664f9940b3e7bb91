package dev.tracetool.format.codetracer.ctfs;

/**
 * Names of internal files: up to 12 characters in a number of 64 bits, base 40, the first character least significant.
 */
final class Base40 {
    private static final String ALPHABET = "\0000123456789abcdefghijklmnopqrstuvwxyz./-";

    private static final int MAX_LENGTH = 12;

    private Base40() {}

    /** The name, or an empty text if the number is no name: too large, or with padding before its end. */
    static String decode(long number) {
        StringBuilder name = new StringBuilder();
        long rest = number;
        while (rest != 0 && name.length() < MAX_LENGTH) {
            int digit = (int) Long.remainderUnsigned(rest, 40);
            if (digit == 0) {
                return "";
            }
            name.append(ALPHABET.charAt(digit));
            rest = Long.divideUnsigned(rest, 40);
        }
        return rest == 0 ? name.toString() : "";
    }

    /** The number of a name that has at most 12 characters, all of the alphabet. */
    static long encode(String name) {
        long number = 0;
        for (int i = name.length() - 1; i >= 0; i--) {
            number = 40 * number + ALPHABET.indexOf(name.charAt(i));
        }
        return number;
    }
}
