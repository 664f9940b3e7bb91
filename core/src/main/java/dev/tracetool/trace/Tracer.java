package dev.tracetool.trace;

import dev.tracetool.code.CodeObjectWrapper;

/**
 * What happened in a recorded run, one call for each event, as {@code sys.monitoring} would make it. A {@link Replay}
 * drives it from a trace. All methods have empty bodies: implement those that you want.
 *
 * <p>Offsets are byte offsets in the code object; {@link CodeObjectWrapper#lineForOffset} tells their lines. Events of one
 * thread come in the order in which they happened. Those of several threads come in runs, one thread at a time, and
 * {@link #thread} and {@link #time} say where and when. For hundreds of millions of events, {@link TraceVisitor} is the
 * faster way: it gets them in columns.
 */
public interface Tracer {
    /** The events that follow are of this thread. */
    default void thread(TraceThread thread) {}

    /**
     * The event that follows happened at this time; not called for events without one.
     *
     * @param time clock reading in nanoseconds
     */
    default void time(long time) {}

    /** Something that is no event happened: a test began, say. */
    default void mark(TraceMark mark) {}

    /** A function begins, or a module, or a class body. */
    default void pyStart(CodeObjectWrapper code, int offset) {}

    /** A generator or coroutine goes on after a yield. */
    default void pyResume(CodeObjectWrapper code, int offset) {}

    /** A generator or coroutine goes on with an exception that was thrown into it. */
    default void pyThrow(CodeObjectWrapper code, int offset) {}

    /** A function returns. */
    default void pyReturn(CodeObjectWrapper code, int offset) {}

    /** A generator or coroutine yields. */
    default void pyYield(CodeObjectWrapper code, int offset) {}

    /** A function is left by an exception. */
    default void pyUnwind(CodeObjectWrapper code, int offset) {}

    /** A line is about to run. The line is that of the event: no offset was recorded. */
    default void line(CodeObjectWrapper code, int line) {}

    /** An instruction is about to run. */
    default void instruction(CodeObjectWrapper code, int offset) {}

    /** Something is about to be called, in Python or in C. */
    default void call(CodeObjectWrapper code, int offset) {}

    /** A callable that is not Python code returned. */
    default void cReturn(CodeObjectWrapper code, int offset) {}

    /** A callable that is not Python code raised. */
    default void cRaise(CodeObjectWrapper code, int offset) {}

    /** An exception is raised. */
    default void raise(CodeObjectWrapper code, int offset) {}

    /** An exception is raised again, as at the end of a finally block. */
    default void reraise(CodeObjectWrapper code, int offset) {}

    /** An exception is caught. */
    default void exceptionHandled(CodeObjectWrapper code, int offset) {}

    /** A generator ended in a for loop or in yield from, for which no StopIteration is made. */
    default void stopIteration(CodeObjectWrapper code, int offset) {}

    /**
     * A jump that is no branch, such as back to the head of a loop.
     *
     * @param destination byte offset at which execution goes on
     */
    default void jump(CodeObjectWrapper code, int offset, int destination) {}

    /**
     * A condition was decided, in CPython 3.12 and 3.13; later versions tell the two sides apart.
     *
     * @param destination byte offset at which execution goes on
     */
    default void branch(CodeObjectWrapper code, int offset, int destination) {}

    /**
     * A condition was decided, and execution goes to the left side of the branch.
     *
     * @param destination byte offset at which execution goes on
     */
    default void branchLeft(CodeObjectWrapper code, int offset, int destination) {}

    /**
     * A condition was decided, and execution goes to the right side of the branch.
     *
     * @param destination byte offset at which execution goes on
     */
    default void branchRight(CodeObjectWrapper code, int offset, int destination) {}

    /**
     * An event that this version of tracetool does not know.
     *
     * @param name as the trace has it: hostile text
     * @param argument its first argument, 0 if it has none
     */
    default void other(String name, CodeObjectWrapper code, int argument) {}
}
