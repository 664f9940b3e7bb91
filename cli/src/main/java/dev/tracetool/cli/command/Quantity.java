package dev.tracetool.cli.command;

/** Numbers for people. Written by hand: {@code String.format} costs a short command a tenth of its time. */
public final class Quantity {
    private static final String[] BYTE_UNITS = {"kB", "MB", "GB", "TB", "PB", "EB"};

    private Quantity() {}

    /** With commas between thousands. */
    public static String count(long value) {
        String digits = Long.toString(value);
        int first = value < 0 ? 1 : 0;
        StringBuilder out = new StringBuilder(digits.length() + 7);
        for (int i = 0; i < digits.length(); i++) {
            if (i > first && (digits.length() - i) % 3 == 0) {
                out.append(',');
            }
            out.append(digits.charAt(i));
        }
        return out.toString();
    }

    /** A count with its noun, in the plural where it needs one. */
    public static String count(long value, String noun) {
        return count(value) + " " + noun + (value == 1 ? "" : "s");
    }

    /** Three figures and a unit, each of 1000 of the one below it. */
    public static String bytes(long bytes) {
        if (bytes < 1000) {
            return bytes + " B";
        }
        double value = bytes;
        int unit = -1;
        while (value >= 999.5 && unit < BYTE_UNITS.length - 1) {
            value /= 1000;
            unit++;
        }
        return threeFigures(value) + " " + BYTE_UNITS[unit];
    }

    /** Three figures and a unit from ns to s; above a minute, minutes and seconds, or hours and minutes. */
    public static String duration(long ns) {
        if (ns < 0) {
            return "-" + duration(ns == Long.MIN_VALUE ? Long.MAX_VALUE : -ns);
        }
        if (ns < 1000) {
            return ns + " ns";
        }
        if (ns < 999_500) {
            return threeFigures(ns / 1e3) + " µs";
        }
        if (ns < 999_500_000) {
            return threeFigures(ns / 1e6) + " ms";
        }
        if (ns < 59_950_000_000L) {
            return threeFigures(ns / 1e9) + " s";
        }
        long seconds = Math.round(ns / 1e9);
        if (seconds < 3600) {
            return seconds / 60 + " min " + twoDigits(seconds % 60) + " s";
        }
        long minutes = Math.round(seconds / 60.0);
        return count(minutes / 60) + " h " + twoDigits(minutes % 60) + " min";
    }

    /** A ratio or a mean with as many places as make three figures, at most two. */
    public static String threeFigures(double value) {
        if (value >= 99.95) {
            return count(Math.round(value));
        }
        int places = value >= 9.995 ? 1 : 2;
        long scaled = Math.round(value * (places == 1 ? 10 : 100));
        long divisor = places == 1 ? 10 : 100;
        String fraction = Long.toString(scaled % divisor);
        return scaled / divisor + "." + "0".repeat(places - fraction.length()) + fraction;
    }

    private static String twoDigits(long value) {
        return (value < 10 ? "0" : "") + value;
    }
}
