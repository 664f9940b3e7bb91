package dev.tracetool.cli.command;

import dev.tracetool.code.CodeObjectWrapper;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/**
 * The code objects that options name: {@code --code}, {@code --id}, {@code --function} and {@code --file}. One of the
 * values of each kind that was given has to fit.
 */
public final class CodeSelection {
    private final long[] indices;
    private final long[] ids;
    private final Glob[] functions;
    private final Glob[] files;

    private CodeSelection(long[] indices, long[] ids, Glob[] functions, Glob[] files) {
        this.indices = indices;
        this.ids = ids;
        this.functions = functions;
        this.files = files;
    }

    public static void addOptions(CommandSpec spec) {
        spec.addOption(Options.values("INDEX", "Code object with this index (inspect --codes lists them).", "--code"));
        spec.addOption(Options.values("ID", "Code objects that had this id(code), decimal or 0x….", "--id"));
        spec.addOption(Options.values("GLOB", "Code objects whose qualified name matches.", "--function"));
        spec.addOption(Options.values("GLOB", "Code objects of files that match.", "--file"));
    }

    public static CodeSelection of(ParseResult args) throws CommandException {
        return new CodeSelection(numbers(args, "--code"), numbers(args, "--id"), names(args), paths(args));
    }

    private static long[] numbers(ParseResult args, String option) throws CommandException {
        String[] values = Options.values(args, option);
        long[] numbers = new long[values.length];
        for (int i = 0; i < values.length; i++) {
            numbers[i] = Numbers.unsigned(option, values[i]);
        }
        return numbers;
    }

    public static Glob[] names(ParseResult args) {
        String[] values = Options.values(args, "--function");
        Glob[] globs = new Glob[values.length];
        for (int i = 0; i < values.length; i++) {
            globs[i] = Glob.of(values[i]);
        }
        return globs;
    }

    public static Glob[] paths(ParseResult args) {
        String[] values = Options.values(args, "--file");
        Glob[] globs = new Glob[values.length];
        for (int i = 0; i < values.length; i++) {
            globs[i] = Glob.ofPath(values[i]);
        }
        return globs;
    }

    /** Whether nothing was named, so that all code objects are meant. */
    public boolean isEmpty() {
        return indices.length == 0 && ids.length == 0 && functions.length == 0 && files.length == 0;
    }

    /** The code objects that are meant, in order of index. */
    public List<CodeObjectWrapper> from(CodeTable codes) {
        List<CodeObjectWrapper> chosen = new ArrayList<>();
        for (CodeObjectWrapper code : codes.all()) {
            if (contains(indices, code.index())
                    && contains(ids, code.id())
                    && matches(functions, code.qualname())
                    && matches(files, code.filename())) {
                chosen.add(code);
            }
        }
        return chosen;
    }

    private static boolean contains(long[] wanted, long value) {
        for (long one : wanted) {
            if (one == value) {
                return true;
            }
        }
        return wanted.length == 0;
    }

    public static boolean matches(Glob[] wanted, String text) {
        for (Glob one : wanted) {
            if (one.matches(text)) {
                return true;
            }
        }
        return wanted.length == 0;
    }
}
