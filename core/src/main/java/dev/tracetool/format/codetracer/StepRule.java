package dev.tracetool.format.codetracer;

import dev.tracetool.code.CodeIdentity;

/**
 * Which steps did not happen: some writers put steps in front of calls, others in front of returns. Which kind of writer
 * it is shows at the first call of another function than the first one, which is the top level to all of them.
 *
 * <ul>
 *   <li>The writers in Rust and for Ruby put a step at the line of its definition in front of each such call.
 *   <li>The recorder in pure Python puts a step in front of each return, at the line that returns. Its traces begin with a
 *       call of {@code <top-level>}, which has no path, and one of {@code <module>}, with no step in front of either.
 *   <li>All others are taken at their word.
 * </ul>
 */
enum StepRule {
    UNDECIDED,
    DEFINITIONS,
    RETURNS,
    ALL_HAPPENED;

    private static final String MODULE = "<module>";

    /** Whether a function stands for the whole program: a recorder's own call around it, which is none of the program. */
    static boolean isTopLevel(FunctionTable functions, int function) {
        return function == 0 && CodeIdentity.isTopLevel(functions.nameOf(0));
    }

    /**
     * What the first such call shows.
     *
     * @param function what is called, not 0
     * @param outer where the call is
     * @param stepped whether there is a step since the last call and return
     * @param atDefinition whether that step is at the definition of the function
     */
    static StepRule of(FunctionTable functions, int function, FrameStack outer, boolean stepped, boolean atDefinition) {
        if (atDefinition) {
            return DEFINITIONS;
        }
        boolean pure = !stepped
                && outer.depth() == 1
                && outer.top() == 0
                && outer.function(0) == 0
                && functions.nameOf(0).equals(CodeIdentity.PURE_PYTHON_TOP_LEVEL)
                && functions.nameOf(function).equals(MODULE);
        return pure ? RETURNS : ALL_HAPPENED;
    }
}
