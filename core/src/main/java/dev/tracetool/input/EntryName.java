package dev.tracetool.input;

/** What entries of archives are called. */
final class EntryName {
    private EntryName() {}

    /** Without the {@code ./} that tar puts before what is named by its folder: {@code ./a}, {@code a/./b}. */
    static String of(String name) {
        if (!name.contains("./")) {
            return name;
        }
        StringBuilder plain = new StringBuilder(name.length());
        int i = 0;
        while (i < name.length()) {
            char before = plain.length() == 0 ? '/' : plain.charAt(plain.length() - 1);
            if ((before == '/' || before == '!') && name.startsWith("./", i)) {
                i += 2;
                while (i < name.length() && name.charAt(i) == '/') {
                    i++;
                }
            } else {
                plain.append(name.charAt(i++));
            }
        }
        return plain.length() == 0 ? name : plain.toString();
    }
}
