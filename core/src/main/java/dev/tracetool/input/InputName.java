package dev.tracetool.input;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * An input as the user names it: a file, a folder, {@code -} for standard input, or {@code ARCHIVE!ENTRY}. Whatever names
 * a file that exists is that file, with however many exclamation marks. Standard input is also what results call it.
 *
 * @param place a path, or {@code -}
 * @param entry what is meant of an archive; null for all
 */
public record InputName(String place, @Nullable String entry) {
    public static final String STANDARD_INPUT = "-";

    /** What messages and results call standard input. */
    public static final String CALLED = "standard input";

    public static InputName of(String name) {
        if (name.equals(CALLED) && !isThere(name)) {
            return new InputName(STANDARD_INPUT, null);
        }
        if (!name.equals(STANDARD_INPUT) && name.indexOf('!') >= 0 && !isThere(name)) {
            for (int at = name.lastIndexOf('!'); at > 0; at = name.lastIndexOf('!', at - 1)) {
                String place = name.substring(0, at);
                boolean standard = place.equals(STANDARD_INPUT) || place.equals(CALLED) && !isThere(place);
                if (standard || isArchive(place)) {
                    String entry = name.substring(at + 1);
                    while (entry.endsWith("/")) {
                        entry = entry.substring(0, entry.length() - 1);
                    }
                    return new InputName(standard ? STANDARD_INPUT : place, entry.isEmpty() ? null : entry);
                }
            }
        }
        return new InputName(name, null);
    }

    public boolean isStandardInput() {
        return place.equals(STANDARD_INPUT);
    }

    private static boolean isThere(String name) {
        try {
            return Files.exists(Path.of(name));
        } catch (InvalidPathException e) {
            return false;
        }
    }

    private static boolean isArchive(String name) {
        return isThere(name) && !Files.isDirectory(Path.of(name));
    }
}
