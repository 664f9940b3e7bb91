package dev.tracetool.source;

import dev.tracetool.source.PythonTokenizer.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What stands in one logical line of Python, as far as it takes to tell suites.
 *
 * @param line its first line
 * @param depth how many suites it is in
 * @param keyword its first word, the second if that is {@code async}; {@code @} for a decorator, empty for all else
 * @param colon whether there is a colon that can open a suite
 * @param inline whether something follows on that colon
 * @param leaves the first {@code return}, {@code raise}, {@code break} or {@code continue} of what follows on the colon;
 *     empty if there is none
 * @param words tokens between the keyword and the colon
 * @param first the first of these, if it is a word or a string; of a string {@code ""}
 */
record LogicalLine(
        int line, int depth, String keyword, boolean colon, boolean inline, String leaves, int words, String first) {
    /** As CPython has it: what is deeper ran nowhere. */
    private static final int MAX_DEPTH = 100;

    private static final Set<String> LEAVING = Set.of("return", "raise", "break", "continue");

    /** All of a source, in order. */
    static List<LogicalLine> of(String text) throws SourceSyntaxException {
        PythonTokenizer tokens = new PythonTokenizer(text);
        List<LogicalLine> all = new ArrayList<>();
        Builder line = new Builder();
        int depth = 0;
        while (tokens.next()) {
            switch (tokens.kind()) {
                case INDENT -> {
                    if (++depth >= MAX_DEPTH) {
                        throw new SourceSyntaxException("too many levels of indentation", tokens.startLine());
                    }
                }
                case DEDENT -> depth--;
                case NEWLINE -> {
                    all.add(line.build(depth));
                    line = new Builder();
                }
                case COMMENT, BLANK_LINE, END -> {
                    // in no statement
                }
                default -> line.token(tokens);
            }
        }
        if (line.line != 0) {
            all.add(line.build(depth)); // the last line has no end
        }
        return all;
    }

    private static final class Builder {
        private int line;
        private String keyword = "";
        private boolean begun;
        private boolean colon;
        private boolean inline;
        private boolean statement;
        private String leaves = "";
        private int words;
        private String first = "";
        private int brackets;
        private int lambdas;

        void token(PythonTokenizer tokens) {
            line = line == 0 ? tokens.startLine() : line;
            char operator = tokens.operator();
            brackets += operator == '(' || operator == '[' || operator == '{' ? 1 : 0;
            brackets -= operator == ')' || operator == ']' || operator == '}' ? 1 : 0;
            String word = tokens.kind() == Kind.WORD ? tokens.word() : operator == '@' ? "@" : "";
            if (!begun) {
                keyword = word;
                begun = !word.equals("async");
            } else if (colon) {
                boolean first = !inline || statement;
                leaves = first && leaves.isEmpty() && LEAVING.contains(word) ? word : leaves;
                statement = operator == ';' && brackets == 0;
                inline = true;
            } else if (operator == ':' && brackets == 0 && lambdas == 0) {
                colon = true;
            } else {
                lambdas -= operator == ':' && brackets == 0 ? 1 : 0;
                lambdas += word.equals("lambda") && brackets == 0 ? 1 : 0;
                first = words++ == 0 ? tokens.kind() == Kind.STRING ? "\"\"" : word : first;
            }
        }

        LogicalLine build(int depth) {
            return new LogicalLine(line, depth, keyword, colon, inline, leaves, words, first);
        }
    }
}
