package dev.tracetool.trace;

import dev.tracetool.code.CodeObjectWrapper;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Drives a {@link Tracer} from a trace: one call for each event. */
public final class Replay implements TraceVisitor {
    private final Tracer tracer;
    private CodeObjectWrapper[] codes = new CodeObjectWrapper[256];
    private final Map<Integer, TraceThread> threads = new HashMap<>();
    private int current = -1;

    private Replay(Tracer tracer) {
        this.tracer = tracer;
    }

    /** Reads the whole trace once. */
    public static ReadResult run(Trace trace, Tracer tracer) throws IOException {
        return trace.read(new Replay(tracer));
    }

    @Override
    public void codeObjects(List<CodeObjectWrapper> added) {
        for (CodeObjectWrapper code : added) {
            if (code.index() >= codes.length) {
                codes = Arrays.copyOf(codes, Math.max(code.index() + 1, 2 * codes.length));
            }
            codes[code.index()] = code;
        }
    }

    @Override
    public void thread(TraceThread thread) {
        threads.put(thread.number(), thread);
        if (thread.number() == current) {
            tracer.thread(thread); // it has a new name
        }
    }

    @Override
    public void mark(TraceMark mark) {
        tracer.mark(mark);
    }

    @Override
    public void events(EventBlock block) {
        if (block.thread() != current) {
            current = block.thread();
            tracer.thread(Objects.requireNonNull(threads.get(current)));
        }
        boolean[] timed = block.timed();
        boolean[] destined = block.destined();
        int t = 0;
        int d = 0;
        for (int i = 0; i < block.size(); i++) {
            int kind = block.kinds()[i];
            if (timed[kind]) {
                tracer.time(block.times()[t++]);
            }
            int destination = destined[kind] ? block.destinations()[d++] : 0;
            event(block.kindTable().kind(kind), codes[block.codes()[i]], block.args()[i], destination);
        }
    }

    private void event(KindTable.Kind kind, CodeObjectWrapper code, int argument, int destination) {
        switch (kind.kind()) {
            case PY_START -> tracer.pyStart(code, argument);
            case PY_RESUME -> tracer.pyResume(code, argument);
            case PY_THROW -> tracer.pyThrow(code, argument);
            case PY_RETURN -> tracer.pyReturn(code, argument);
            case PY_YIELD -> tracer.pyYield(code, argument);
            case PY_UNWIND -> tracer.pyUnwind(code, argument);
            case LINE -> tracer.line(code, argument);
            case INSTRUCTION -> tracer.instruction(code, argument);
            case CALL -> tracer.call(code, argument);
            case C_RETURN -> tracer.cReturn(code, argument);
            case C_RAISE -> tracer.cRaise(code, argument);
            case RAISE -> tracer.raise(code, argument);
            case RERAISE -> tracer.reraise(code, argument);
            case EXCEPTION_HANDLED -> tracer.exceptionHandled(code, argument);
            case STOP_ITERATION -> tracer.stopIteration(code, argument);
            case JUMP -> tracer.jump(code, argument, destination);
            case BRANCH -> tracer.branch(code, argument, destination);
            case BRANCH_LEFT -> tracer.branchLeft(code, argument, destination);
            case BRANCH_RIGHT -> tracer.branchRight(code, argument, destination);
            case OTHER -> tracer.other(kind.name(), code, argument);
        }
    }
}
