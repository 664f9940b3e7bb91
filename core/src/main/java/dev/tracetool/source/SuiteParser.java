package dev.tracetool.source;

import dev.tracetool.source.Statement.Clause;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Makes statements of logical lines. Whatever text it is given it makes something of; it is right for what is Python.
 */
final class SuiteParser {
    private static final Set<String> OPENING = Set.of("if", "while", "for", "try", "with", "def", "class");
    private static final Set<String> GOING_ON = Set.of("elif", "else", "except", "finally");

    private final List<LogicalLine> lines;
    private int at;

    private SuiteParser(List<LogicalLine> lines) {
        this.lines = lines;
    }

    /** The statements of a module. */
    static List<Statement> parse(String text) throws SourceSyntaxException {
        return new SuiteParser(LogicalLine.of(text)).suite(0);
    }

    private List<Statement> suite(int depth) {
        List<Statement> suite = new ArrayList<>();
        while (at < lines.size() && lines.get(at).depth() >= depth) {
            suite.add(statement(depth));
        }
        return suite;
    }

    private Statement statement(int depth) {
        int start = lines.get(at).line();
        while (lines.get(at).keyword().equals("@") && isAt(at + 1, depth)) {
            at++;
        }
        LogicalLine head = lines.get(at);
        List<Clause> clauses = new ArrayList<>();
        if (isMatch(head)) {
            at++;
            clauses.add(new Clause(head, List.of()));
            while (isAt(at, depth + 1) && lines.get(at).keyword().equals("case")) {
                clauses.add(clause(depth + 1));
            }
        } else if (head.colon() && OPENING.contains(head.keyword())) {
            clauses.add(clause(depth));
            while (isAt(at, depth)
                    && lines.get(at).colon()
                    && GOING_ON.contains(lines.get(at).keyword())) {
                clauses.add(clause(depth));
            }
        } else {
            at++;
        }
        return new Statement(start, List.copyOf(clauses));
    }

    private boolean isAt(int place, int depth) {
        return place < lines.size() && lines.get(place).depth() == depth;
    }

    /** {@code match} is a keyword only where cases follow. */
    private boolean isMatch(LogicalLine head) {
        return head.keyword().equals("match")
                && head.colon()
                && !head.inline()
                && head.words() > 0
                && isAt(at + 1, head.depth() + 1)
                && lines.get(at + 1).keyword().equals("case");
    }

    private Clause clause(int depth) {
        LogicalLine head = lines.get(at++);
        return new Clause(head, head.inline() ? List.of(new Statement(head.line(), List.of())) : suite(depth + 1));
    }
}
