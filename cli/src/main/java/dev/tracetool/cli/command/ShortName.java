package dev.tracetool.cli.command;

import dev.tracetool.export.SafeText;

/** Names for documents of a limited size: one of them must not take the room of all others. */
public final class ShortName {
    /** Longer ones are cut: of a path and of a qualified name, the end says most. */
    private static final int MAX_CHARS = 200;

    private ShortName() {}

    /** A Markdown code span. */
    public static String markdown(String name) {
        return SafeText.markdown(of(name));
    }

    /** Hostile text, as the name is. */
    public static String of(String name) {
        int start = Math.max(0, name.length() - MAX_CHARS);
        if (start > 0 && Character.isLowSurrogate(name.charAt(start))) {
            start++;
        }
        return start == 0 ? name : "…" + name.substring(start);
    }
}
