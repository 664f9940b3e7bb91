package dev.tracetool.analysis;

/**
 * What one test did in one code object.
 *
 * @param test number of the test in its {@link TestActivity}
 * @param calls {@code PY_START} events
 * @param lines lines with events, none of them known to be executable
 */
public record TestReach(int test, long calls, LineHits lines) {
    /** Both together; they are of one test. */
    TestReach plus(TestReach other) {
        return new TestReach(test, calls + other.calls, lines.plus(other.lines));
    }
}
