package dev.tracetool.source;

import dev.tracetool.source.Statement.Clause;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * Finds the {@link Decision}s of a source. Where a suite ends, the statement behind it comes next; in a loop its head, in
 * {@code with} that line again, in {@code try} the {@code else} or {@code finally}; else what comes next further out, up to
 * the end of the function. Statements without code are passed over.
 */
public final class Decisions {
    /** In place of a line, where the way on is not told by lines. */
    private static final int NOWHERE = 0;

    /**
     * Where what leaves a suite before its end goes.
     *
     * @param returned the line after {@code return}
     * @param ended the line after {@code break}
     * @param again the line after {@code continue}
     */
    private record Ways(int returned, int ended, int again) {
        /** Whatever it is, this line comes first. */
        static Ways through(int line) {
            return new Ways(line, line, line);
        }
    }

    private final IntPredicate hasCode;
    private final List<Decision> found = new ArrayList<>();
    private Ways ways = Ways.through(NOWHERE);

    private Decisions(IntPredicate hasCode) {
        this.hasCode = hasCode;
    }

    /**
     * All of a source, in order of lines, but for those on a line with {@code # pragma: no branch}.
     *
     * @param hasCode whether a statement that starts on a line has code
     */
    public static List<Decision> of(SourceText source, IntPredicate hasCode) throws SourceSyntaxException {
        Decisions decisions = new Decisions(hasCode);
        decisions.suite(SuiteParser.parse(source.text()), -1); // the code of a module starts on line 1
        decisions.found.removeIf(decision -> Exclusions.isNoBranch(source.line(decision.line())));
        decisions.found.sort((a, b) -> Integer.compare(a.line(), b.line()));
        return List.copyOf(decisions.found);
    }

    /** The first line of a suite from one of its statements on that has code. */
    private int entry(List<Statement> suite, int from, int next) {
        for (int i = from; i < suite.size(); i++) {
            if (hasCode.test(suite.get(i).line())) {
                return suite.get(i).line();
            }
        }
        return next;
    }

    private int entry(Clause clause, int next) {
        return entry(clause.suite(), 0, next);
    }

    private void suite(List<Statement> suite, int next) {
        int after = next;
        for (int i = suite.size() - 1; i >= 0; i--) {
            Statement statement = suite.get(i);
            if (!statement.clauses().isEmpty()) {
                compound(statement, after);
            }
            after = hasCode.test(statement.line()) ? statement.line() : after;
        }
    }

    /** What follows on entering a clause that decides; of a suite on the same line, what follows on that. */
    private int entered(Clause clause, int after) {
        if (!clause.head().inline()) {
            return entry(clause, after);
        }
        return switch (clause.head().leaves()) {
            case "return" -> ways.returned;
            case "break" -> ways.ended;
            case "continue" -> ways.again;
            case "raise" -> NOWHERE;
            default -> after;
        };
    }

    private void suite(List<Statement> suite, int next, Ways inside) {
        Ways outside = ways;
        ways = inside;
        suite(suite, next);
        ways = outside;
    }

    private void compound(Statement statement, int after) {
        List<Clause> clauses = statement.clauses();
        Clause head = clauses.get(0);
        switch (head.keyword()) {
            case "if" -> choices(clauses, after);
            case "match" -> choices(clauses.subList(1, clauses.size()), after);
            case "while", "for" -> {
                int ended = clauses.size() > 1 ? entry(clauses.get(1), after) : after;
                Ways outside = ways;
                ways = new Ways(ways.returned, after, head.line());
                decide(head, entered(head, head.line()), ended);
                suite(head.suite(), head.line());
                ways = outside;
                clauses.subList(1, clauses.size()).forEach(clause -> suite(clause.suite(), after));
            }
            case "try" -> attempt(clauses, after);
            case "with" -> suite(head.suite(), head.line(), Ways.through(head.line()));
            default -> // a function or a class
                suite(head.suite(), -statement.line(), new Ways(-statement.line(), NOWHERE, NOWHERE));
        }
    }

    /** One clause of several is entered, or none. */
    private void choices(List<Clause> clauses, int after) {
        int otherwise = after;
        for (int i = clauses.size() - 1; i >= 0; i--) {
            Clause clause = clauses.get(i);
            suite(clause.suite(), after);
            if (clause.keyword().equals("else")) {
                otherwise = entry(clause, after);
            } else {
                decide(clause, entered(clause, after), otherwise);
                otherwise = hasCode.test(clause.line()) ? clause.line() : otherwise;
            }
        }
    }

    private void attempt(List<Clause> clauses, int after) {
        Clause last = clauses.get(clauses.size() - 1);
        boolean hasFinally = last.keyword().equals("finally");
        int end = hasFinally ? entry(last, after) : after;
        Ways inside = hasFinally ? Ways.through(end) : ways;
        int tried = end;
        int otherwise = 0;
        for (int i = clauses.size() - 1; i > 0; i--) {
            Clause clause = clauses.get(i);
            if (clause == last && hasFinally) {
                suite(clause.suite(), after);
            } else {
                suite(clause.suite(), end, inside);
            }
            if (clause.keyword().equals("else")) {
                tried = entry(clause, end);
            } else if (clause.keyword().equals("except")) {
                if (otherwise != 0) {
                    decide(clause, entered(clause, end), otherwise);
                }
                otherwise = clause.line();
            }
        }
        suite(clauses.get(0).suite(), tried, inside);
    }

    private void decide(Clause clause, int entered, int otherwise) {
        LogicalLine head = clause.head();
        boolean bare = head.words() == 1 && !head.first().isEmpty();
        boolean always =
                clause.keyword().equals("case") ? bare && isName(head.first()) : bare && isConstant(head.first());
        if (!always
                && told(head, entered)
                && told(head, otherwise)
                && entered != otherwise
                && hasCode.test(head.line())) {
            found.add(new Decision(head.line(), entered, otherwise));
        }
    }

    /** Whether lines tell that it went there. */
    private static boolean told(LogicalLine head, int line) {
        return line != NOWHERE && line != head.line();
    }

    private static boolean isConstant(String word) {
        char c = word.charAt(0);
        return c == '"'
                || (c >= '0' && c <= '9')
                || List.of("True", "False", "None", "__debug__").contains(word);
    }

    /** Of a pattern: it takes anything. */
    private static boolean isName(String word) {
        return !isConstant(word) || word.equals("__debug__");
    }
}
