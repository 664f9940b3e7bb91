package dev.tracetool.source;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds which recorded file a path of a repository means. Recorded names ({@code co_filename}) are absolute paths of the
 * machine that recorded, or relative to where it did, or those of an installed copy: so it is the end of a path that
 * counts. The longer the end that both have in common, the better; of equal ones, one that is all of a path.
 */
public final class RecordedPaths {
    /** An end of fewer names says little, if neither path is the end of the other: there are many __init__.py. */
    private static final int LEAST_COMMON = 2;

    private final Map<String, List<Recorded>> byLastName = new HashMap<>();

    private record Recorded(String file, String[] names) {}

    /**
     * What was found.
     *
     * @param files the recorded names that fit best, as they were recorded, in order; empty if none fits
     * @param whole whether the path is the end of the recorded name or the other way round
     */
    public record Match(List<String> files, boolean whole) {
        /** Whether several files fit, and nobody can tell which one is meant. */
        public boolean isAmbiguous() {
            return files.size() > 1;
        }
    }

    public RecordedPaths(Collection<String> files) {
        for (String file : files) {
            String[] names = names(file);
            if (names.length > 0) {
                byLastName
                        .computeIfAbsent(names[names.length - 1], name -> new ArrayList<>(1))
                        .add(new Recorded(file, names));
            }
        }
    }

    /** @param path with slashes, relative to the root of a repository */
    public Match find(String path) {
        String[] wanted = names(path);
        List<String> best = new ArrayList<>();
        boolean whole = false;
        int most = 0;
        for (Recorded recorded : wanted.length == 0 ? List.<Recorded>of() : candidates(wanted)) {
            int common = common(wanted, recorded.names);
            boolean isWhole = common == wanted.length || common == recorded.names.length;
            if (!isWhole && common < LEAST_COMMON) {
                continue;
            }
            boolean better = common > most || (common == most && isWhole && !whole);
            if (better) {
                best.clear();
                whole = isWhole;
                most = common;
            }
            if (isWhole == whole && common == most) {
                best.add(recorded.file);
            }
        }
        return new Match(best.stream().sorted().distinct().toList(), whole);
    }

    private List<Recorded> candidates(String[] wanted) {
        return byLastName.getOrDefault(wanted[wanted.length - 1], List.of());
    }

    /** How many names both have in common at their ends. */
    private static int common(String[] a, String[] b) {
        int common = 0;
        while (common < a.length && common < b.length && a[a.length - 1 - common].equals(b[b.length - 1 - common])) {
            common++;
        }
        return common;
    }

    /** The names of a path, without such as say nothing. */
    private static String[] names(String path) {
        List<String> names = new ArrayList<>();
        int start = 0;
        for (int i = 0; i <= path.length(); i++) {
            if (i == path.length() || path.charAt(i) == '/' || path.charAt(i) == '\\') {
                String name = path.substring(start, i);
                if (!name.isEmpty() && !name.equals(".")) {
                    names.add(name);
                }
                start = i + 1;
            }
        }
        return names.toArray(new String[0]);
    }
}
