package dev.tracetool.cli.command;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** The files that {@code --include} and {@code --exclude} leave, by their recorded names. */
public record FileFilter(List<Glob> include, List<Glob> exclude) implements Predicate<String> {
    public static void addOptions(CommandSpec spec) {
        spec.addOption(Options.values("GLOB", "Only files that match, such as 'src/*'.", "--include"));
        spec.addOption(Options.values("GLOB", "No files that match.", "--exclude"));
    }

    public static FileFilter of(ParseResult args) {
        return new FileFilter(globs(args, "--include"), globs(args, "--exclude"));
    }

    private static List<Glob> globs(ParseResult args, String option) {
        List<Glob> globs = new ArrayList<>();
        for (String pattern : Options.values(args, option)) {
            globs.add(Glob.ofPath(pattern));
        }
        return globs;
    }

    /** Whether anything is left out. */
    public boolean isSet() {
        return !include.isEmpty() || !exclude.isEmpty();
    }

    @Override
    public boolean test(String file) {
        return testAny(List.of(file));
    }

    /** The same for a file of several names: a pattern matches it if it matches any of them. */
    public boolean testAny(List<String> names) {
        return (include.isEmpty() || matches(include, names)) && !matches(exclude, names);
    }

    private static boolean matches(List<Glob> globs, List<String> names) {
        for (Glob glob : globs) {
            for (String name : names) {
                if (glob.matches(name)) {
                    return true;
                }
            }
        }
        return false;
    }
}
