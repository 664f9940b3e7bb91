package dev.tracetool.cli.command;

import dev.tracetool.export.DisplayWidth;

/** How a text stands out on a terminal. */
public enum Style {
    BOLD("1"),
    YELLOW("33"),
    RED("31"),
    FAINT("2");

    private static final String PLAIN = "\u001b[0m";

    private final String on;

    Style(String code) {
        this.on = "\u001b[" + code + "m";
    }

    /** The text in this style, if colours are wanted. */
    public String of(String text, boolean color) {
        return color && DisplayWidth.of(text) > 0 ? on + text + PLAIN : text;
    }
}
