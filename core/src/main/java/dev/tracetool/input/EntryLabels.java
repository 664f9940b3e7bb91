package dev.tracetool.input;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * What the entries of one archive are called, in their order. An archive can have several of one name: the second is called
 * {@code NAME#2}, the third {@code NAME#3}. No two are called the same, whatever their names are; where an entry before has
 * that for a name, the next number is taken.
 */
final class EntryLabels {
    private final Set<String> taken = new HashSet<>();
    private final Map<String, Integer> last = new HashMap<>();

    /** What the next entry is called. To be asked for each, be it of interest or not: so it does not depend on that. */
    String next(String entryName) {
        String plain = EntryName.of(entryName);
        if (taken.add(plain)) {
            return plain;
        }
        int number = last.getOrDefault(plain, 1);
        String label;
        do {
            number++;
            label = plain + "#" + number;
        } while (!taken.add(label));
        last.put(plain, number);
        return label;
    }

    /** The last name of a path, without the number: what it says of the kind of file. */
    static String withoutNumber(String fileName) {
        int mark = fileName.lastIndexOf('#');
        if (mark <= 0 || mark == fileName.length() - 1) {
            return fileName;
        }
        for (int i = mark + 1; i < fileName.length(); i++) {
            if (fileName.charAt(i) < '0' || fileName.charAt(i) > '9') {
                return fileName;
            }
        }
        return fileName.substring(0, mark);
    }
}
