package dev.tracetool.cli.command;

import dev.tracetool.export.SafeText;
import java.util.ArrayList;
import java.util.List;

/**
 * The lines that an option names.
 *
 * @param ranges each a first and a last line
 */
public record LineRanges(List<Range> ranges) {
    /** Both ends included. */
    public record Range(int first, int last) {
        public boolean contains(int line) {
            return first <= line && line <= last;
        }

        @Override
        public String toString() {
            return first == last ? Integer.toString(first) : first + "-" + last;
        }
    }

    /** @param values each a line, or two with a hyphen between */
    public static LineRanges of(String option, List<String> values) throws CommandException {
        List<Range> ranges = new ArrayList<>();
        for (String value : values) {
            int hyphen = value.indexOf('-', 1);
            int first = line(option, hyphen < 0 ? value : value.substring(0, hyphen));
            int last = hyphen < 0 ? first : line(option, value.substring(hyphen + 1));
            if (last < first) {
                throw CommandException.usage(
                        option + " " + SafeText.terminal(value) + ": expected the first line before the last one");
            }
            ranges.add(new Range(first, last));
        }
        return new LineRanges(ranges);
    }

    private static int line(String option, String text) throws CommandException {
        long line = Numbers.natural(option, text);
        if (line < 1 || line > Integer.MAX_VALUE) {
            throw CommandException.usage(option + " " + SafeText.terminal(text) + ": expected a line, from 1");
        }
        return (int) line;
    }

    public boolean isEmpty() {
        return ranges.isEmpty();
    }

    public boolean contains(int line) {
        for (Range range : ranges) {
            if (range.contains(line)) {
                return true;
            }
        }
        return false;
    }
}
