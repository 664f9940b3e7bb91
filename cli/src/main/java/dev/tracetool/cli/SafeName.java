package dev.tracetool.cli;

/** A file name as it may stand in a message: control characters could move the cursor or forge a second line. */
final class SafeName {
    private SafeName() {}

    static String of(String name) {
        return name;
    }
}
