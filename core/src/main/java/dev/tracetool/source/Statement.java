package dev.tracetool.source;

import java.util.List;

/**
 * A statement with its suites.
 *
 * @param line on which it starts, that of the first decorator if it has any
 * @param clauses none, if it has no suites
 */
record Statement(int line, List<Clause> clauses) {
    /**
     * A part of a compound statement.
     *
     * @param head with which it begins
     * @param suite of a suite on the same line, one statement on that line; of {@code match}, none
     */
    record Clause(LogicalLine head, List<Statement> suite) {
        String keyword() {
            return head.keyword();
        }

        int line() {
            return head.line();
        }
    }
}
