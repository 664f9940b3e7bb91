package dev.tracetool.source;

import dev.tracetool.source.PythonTokenizer.Kind;
import java.util.BitSet;

/** Goes through the tokens of one source file once, and notes statements, docstrings and excluded suites. */
final class SuiteScanner {
    private final PythonTokenizer tokens;
    private final BitSet excluded;
    private final BitSet docstrings = new BitSet();
    private final int[] firstLines;
    private boolean severalLines;

    private int indent;
    private int brackets;

    /** First line of the statement that the scan is in; 0 between statements. */
    private int statement;

    /** Whether the scan is in an excluded suite, that of a clause at {@link #excludedIndent}. */
    private boolean excluding;

    private int excludedIndent;

    /** Whether a decorator is excluded, so that what it decorates is too. */
    private boolean excludingDecorated;

    /** @param excluded the lines with a comment that excludes them; the scan adds those that follow from them */
    SuiteScanner(SourceText source, BitSet excluded) {
        this.tokens = new PythonTokenizer(source.text());
        this.excluded = excluded;
        this.firstLines = new int[source.lines() + 2];
    }

    PythonSource scan() throws SourceSyntaxException {
        boolean afterIndent = true; // the start of a module is the start of a block
        while (tokens.next()) {
            Kind kind = tokens.kind();
            switch (kind) {
                case INDENT -> indent++;
                case DEDENT -> indent--;
                case NEWLINE -> endStatement();
                case OPERATOR -> operator();
                case STRING -> {
                    if (afterIndent) {
                        docstrings.set(tokens.startLine(), tokens.endLine() + 1);
                    }
                    begin();
                }
                case WORD -> begin();
                default -> {
                    // Comments and empty lines are in no statement.
                }
            }
            afterIndent = kind == Kind.INDENT;
        }
        return new PythonSource(excluded, docstrings, firstLines, severalLines);
    }

    private void operator() {
        switch (tokens.operator()) {
            case '(', '[', '{' -> brackets++;
            case ')', ']', '}' -> brackets--;
            case ':' -> {
                if (brackets == 0) {
                    colon();
                }
            }
            case '@' -> {
                if (statement == 0) {
                    decorator();
                }
            }
            default -> {
                // says nothing of suites
            }
        }
        begin();
    }

    /** It may open a suite. If it stands in an annotation or a lambda, what is excluded ends with the statement. */
    private void colon() {
        if (!excluding && (excludingDecorated || excluded.get(tokens.endLine()))) {
            excluded.set(tokens.endLine());
            excludedIndent = indent;
            excluding = true;
            excludingDecorated = false;
        }
    }

    private void decorator() {
        excludingDecorated |= excluded.get(tokens.endLine());
        if (excludingDecorated) {
            excluded.set(tokens.endLine());
        }
    }

    /** A token of a statement, its first one perhaps. */
    private void begin() {
        if (statement != 0) {
            return;
        }
        statement = tokens.startLine();
        excluding &= indent > excludedIndent;
        if (excluding) {
            excluded.set(tokens.endLine());
        }
    }

    private void endStatement() {
        int last = tokens.endLine();
        if (statement != 0 && last != statement) {
            for (int line = statement; line <= last; line++) {
                firstLines[line] = statement;
            }
            severalLines = true;
        }
        statement = 0;
    }
}
