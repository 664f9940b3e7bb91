package dev.tracetool.cli.tests;

import dev.tracetool.cli.command.Quantity;
import dev.tracetool.cli.command.Terminal;
import dev.tracetool.cli.command.Utf8Writer;
import dev.tracetool.export.SafeText;
import java.io.IOException;
import java.util.List;

/**
 * Labels exactly as they are, one a line, for another program. A label that would not be one line, or that the program
 * would take for an option, is left out, and said.
 */
final class TestLabels {
    private final Terminal terminal;

    TestLabels(Terminal terminal) {
        this.terminal = terminal;
    }

    void write(Utf8Writer out, List<String> labels) throws IOException {
        int left = 0;
        for (String label : labels) {
            if (isArgument(label)) {
                out.text(label).newline();
            } else {
                left++;
            }
        }
        if (left > 0) {
            terminal.warn(Quantity.count(left, "test") + " left out, whose names cannot be arguments of a command");
        }
    }

    private static boolean isArgument(String label) {
        return !label.isEmpty()
                && !label.startsWith("-")
                && SafeText.terminal(label).equals(label);
    }
}
