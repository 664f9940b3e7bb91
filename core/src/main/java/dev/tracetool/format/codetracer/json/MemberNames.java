package dev.tracetool.format.codetracer.json;

/** The names of the members of one object, to tell one that comes again. */
final class MemberNames {
    /** Names that are compared with each other: no record has as many, and more would take time to compare. */
    private static final int MAX = 100;

    private static final int MAX_TOLD = 60;

    private final String[] names = new String[MAX];
    private int count;

    void clear() {
        count = 0;
    }

    /** Whether it is a name that came before. */
    boolean isAgain(String name) {
        for (int i = 0; i < count; i++) {
            if (names[i].equals(name)) {
                return true;
            }
        }
        if (count < MAX) {
            names[count++] = name;
        }
        return false;
    }

    /** What is wrong with a record that has such a name: which value is meant, nobody knows. Hostile text. */
    static String again(String name) {
        String which = name.length() > MAX_TOLD ? "one" : "'" + name + "'";
        return "expected each member of a record once, found " + which + " again";
    }
}
