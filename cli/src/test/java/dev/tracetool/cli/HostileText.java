package dev.tracetool.cli;

/** Names that somebody could give to files and functions so that a table, a document or a terminal breaks. */
public final class HostileText {
    /** With the commands of CI logs, escapes of terminals, and what Markdown and spreadsheets take for their own. */
    public static final String HOSTILE_FILE = "::error::\u001b[31m\u202e|`=1\n.py";

    public static final String HOSTILE_NAME = "=cmd()|@user `x` <b>\r\n::warning::##[group]";

    private HostileText() {}
}
