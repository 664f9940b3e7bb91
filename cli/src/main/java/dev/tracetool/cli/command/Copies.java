package dev.tracetool.cli.command;

import dev.tracetool.export.SafeText;
import org.jspecify.annotations.Nullable;

/** Inputs that are not counted, since they are others once more: told in one line, however many there are. */
final class Copies {
    private @Nullable String first;
    private String second = "";
    private int count;

    /** @param what it is, in the words of a message */
    void add(String input, String what) {
        count++;
        if (first == null) {
            first = SafeText.terminal(input) + ": " + what + ", and counted once";
        } else if (count == 2) {
            second = SafeText.terminal(input);
        }
    }

    /** Warns of all that were added, if any was. */
    void tell(Terminal terminal) {
        if (first != null) {
            terminal.warn(first + more());
        }
    }

    private String more() {
        return switch (count) {
            case 1 -> "";
            case 2 -> "; 1 more input is a copy, too: " + second;
            default -> "; " + Quantity.count(count - 1, "more input") + " are copies, too, the next is " + second;
        };
    }
}
