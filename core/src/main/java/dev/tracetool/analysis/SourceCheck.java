package dev.tracetool.analysis;

import dev.tracetool.source.SourceText;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Whether a source can be the one that code objects were compiled from, judged by where these start. */
public final class SourceCheck {
    private static final Pattern PLAIN_NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    private SourceCheck() {}

    /**
     * What speaks against it, in a few words; null if nothing does. Its lines are those that the code has, and its
     * functions start where those of the code do.
     */
    public static @Nullable String doubt(SourceText source, List<FunctionActivity> functions) {
        int last = 0;
        int wrong = 0;
        int firstWrong = 0;
        for (FunctionActivity function : functions) {
            int[] lines = function.lines().lines();
            last = Math.max(last, lines.length == 0 ? 0 : lines[lines.length - 1]);
            int first = function.identity().firstLine();
            if (first >= 1 && first <= source.lines() && !startsHere(source.line(first), name(function))) {
                firstWrong = wrong++ == 0 ? first : Math.min(first, firstWrong);
            }
        }
        if (last > source.lines()) {
            return "it has " + source.lines() + " lines, and line " + last + " has code";
        }
        return wrong > 0 ? "line " + firstWrong + " is not the start of the function that the trace has there" : null;
    }

    private static String name(FunctionActivity function) {
        String qualname = function.identity().qualname();
        return qualname.substring(qualname.lastIndexOf('.') + 1);
    }

    /**
     * The line has a decorator, or the name: that of a function or class, of a type alias, or of a type parameter whose
     * bound is code of its own. Of lambdas, comprehensions and modules, of annotations, which are code of their own since
     * 3.14, and of names that Python normalises, a line tells nothing.
     */
    private static boolean startsHere(String line, String name) {
        if (!PLAIN_NAME.matcher(name).matches() || name.equals("__annotate__")) {
            return true;
        }
        String text = line.strip();
        if (text.startsWith("@") || text.endsWith("\\") || text.codePoints().anyMatch(c -> c > 127)) {
            return true;
        }
        for (int at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + 1)) {
            if (!isNamePart(text, at - 1) && !isNamePart(text, at + name.length())) {
                return true;
            }
        }
        return false;
    }

    private static boolean isNamePart(String text, int at) {
        return at >= 0 && at < text.length() && Character.isJavaIdentifierPart(text.charAt(at));
    }
}
