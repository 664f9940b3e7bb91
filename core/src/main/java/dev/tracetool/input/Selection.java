package dev.tracetool.input;

/**
 * Which entries of an archive are wanted: the one of that name, or those in the folder or the archive of that name.
 * Entries are named {@code ARCHIVE!ENTRY}, with a further {@code !ENTRY} for an archive in an archive.
 */
record Selection(String wanted) {
    /** Everything, and nothing by its own name. */
    static final Selection ALL = new Selection("");

    /** Whether it is what was asked for by its own name. */
    boolean isExactly(String name) {
        return name.equals(wanted);
    }

    boolean takes(String name) {
        return wanted.isEmpty() || isExactly(name) || below(name, wanted, '!') || below(name, wanted, '/');
    }

    /** Whether something that is wanted can be in an archive of that name. */
    boolean leadsInto(String name) {
        return takes(name) || below(wanted, name, '!');
    }

    private static boolean below(String name, String above, char separator) {
        return name.length() > above.length() && name.startsWith(above) && name.charAt(above.length()) == separator;
    }
}
