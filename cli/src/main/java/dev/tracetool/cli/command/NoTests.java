package dev.tracetool.cli.command;

/** What commands about tests say where there is none. */
public final class NoTests {
    private NoTests() {}

    /** @param tests how many there are */
    public static void warn(Terminal terminal, int tests) {
        if (tests == 0) {
            terminal.warn("no tests in what was recorded; record -m pytest or -m unittest marks them");
        }
    }
}
