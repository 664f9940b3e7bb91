package dev.tracetool.format.codetracer;

import dev.tracetool.code.CodeRecord;
import dev.tracetool.trace.Damage;
import dev.tracetool.trace.DetailTable;
import dev.tracetool.trace.EventBlock;
import dev.tracetool.trace.EventKind;
import dev.tracetool.trace.TraceThread;
import dev.tracetool.trace.TraceVisitor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Makes events of records: the one place that knows what the recorders write that did not happen.
 *
 * <ul>
 *   <li><b>Steps of definitions.</b> The writers in Rust put a step at the line of {@code def} before each call, after the
 *       caller's own steps. It is no line event. A trace is of such a writer if the first call below the top level has one.
 *   <li><b>Steps of returns.</b> The recorder in pure Python repeats, before each return, the step of the line that
 *       returns. It is no second line event. Its traces begin with a call of {@code <top-level>} without a path, and one
 *       of {@code <module>}.
 *   <li><b>The top level.</b> A call of a function whose path is empty, and which takes no step of its own, is no code.
 *   <li><b>Same-named functions</b> share an id: in which file a call was, its first step tells. Until there is one, the
 *       event of a call waits; whatever else happens first makes it a call of the function as it was defined.
 *   <li><b>Yields</b> are written as returns, and what resumes a generator as a call: nothing tells them apart.
 * </ul>
 *
 * <p>A record that names a path or a function that is not there is damage; a call is one all the same, so that returns
 * find theirs.
 */
public final class EventAssembler implements RecordSink {
    /** Frames beyond are followed no further: their events have the code object of the last one. */
    private static final int MAX_DEPTH = 1 << 20;

    private static final int START = BlockBuilder.number(EventKind.PY_START);
    private static final int RETURN = BlockBuilder.number(EventKind.PY_RETURN);

    /** In place of the code object of a call whose first step is still to come. */
    private static final int WAITING = -2;

    /** What writes steps that are none. */
    private enum Writer {
        UNDECIDED,
        STEPS_OF_DEFINITIONS,
        STEPS_OF_RETURNS,
        PLAIN
    }

    private final TraceVisitor visitor;
    private final Damage damage;
    private final LongSupplier position;
    private final FunctionTable functions;
    private final BlockBuilder events;
    private final CallBalance balance = new CallBalance();
    private final long[] counts = new long[RecordKind.values().length];
    private final Map<Long, Integer> threads = new HashMap<>();
    private final List<Stack> stacks = new ArrayList<>();
    private Stack stack = new Stack();
    private Writer writer = Writer.UNDECIDED;
    private int calls;
    private long records;

    /** The step that the next record can show to be none, or -1. */
    private int heldPath = -1;

    private int heldLine;

    /** The calls of one thread that have not been left, outermost first. */
    private static final class Stack {
        private int[] functions = new int[16];

        /** Code objects, {@link #WAITING} or {@link BlockBuilder#NO_CODE}. */
        private int[] codes = new int[16];

        /** Of the code objects. */
        private int[] paths = new int[16];

        /** The last step of each. */
        private int[] lines = new int[16];

        private int depth;

        /** The place of the innermost frame, -1 if there is none. */
        int top() {
            return Math.min(depth, MAX_DEPTH) - 1;
        }

        void push(int function) {
            depth++;
            if (depth > MAX_DEPTH) {
                return;
            }
            if (depth > codes.length) {
                functions = Arrays.copyOf(functions, 2 * depth);
                codes = Arrays.copyOf(codes, 2 * depth);
                paths = Arrays.copyOf(paths, 2 * depth);
                lines = Arrays.copyOf(lines, 2 * depth);
            }
            functions[depth - 1] = function;
            codes[depth - 1] = WAITING;
            paths[depth - 1] = -1;
            lines[depth - 1] = -1;
        }
    }

    /**
     * @param position of the record that comes, in bytes; for damage
     * @param damage to which is added what records contradict
     */
    public EventAssembler(TraceVisitor visitor, Damage damage, LongSupplier position) {
        this.visitor = visitor;
        this.damage = damage;
        this.position = position;
        this.functions = new FunctionTable(visitor);
        this.events = new BlockBuilder(visitor);
        stacks.add(stack);
        visitor.thread(new TraceThread(0, 0, EventBlock.NO_TIME, ""));
    }

    @Override
    public void path(String path) {
        count(RecordKind.PATH);
        functions.addPath(path);
    }

    @Override
    public void function(long pathId, long line, String name) {
        count(RecordKind.FUNCTION);
        boolean known = isPath(pathId);
        boolean counts = line >= 0 && line <= Integer.MAX_VALUE;
        if (!known) {
            lose("a path below " + functions.paths(), pathId, 0);
        } else if (!counts) {
            lose("a line", line, 0);
        }
        functions.addFunction(known ? (int) pathId : -1, known && counts ? (int) line : CodeRecord.UNKNOWN, name);
    }

    @Override
    public void step(long pathId, long line) {
        count(RecordKind.STEP);
        release();
        if (!isPath(pathId)) {
            lose("a path below " + functions.paths(), pathId, 1);
        } else if (line < 0 || line > Integer.MAX_VALUE) {
            lose("a line", line, 1);
        } else {
            heldPath = (int) pathId;
            heldLine = (int) line;
        }
    }

    @Override
    public void call(long functionId) {
        count(RecordKind.CALL);
        boolean known = functionId >= 0 && functionId < functions.functions();
        if (!known) {
            lose("a function below " + functions.functions(), functionId, 0);
        }
        int function = known ? (int) functionId : FunctionTable.NO_FUNCTION;
        balance.call(records, position.getAsLong(), function);
        if (known && isStepOfDefinition(function)) {
            heldPath = -1;
        } else {
            release();
        }
        decideAbove();
        stack.push(function);
        calls++;
    }

    /** Whether the step before a call was written for its function's definition. Finds out who wrote the trace. */
    private boolean isStepOfDefinition(int function) {
        boolean equal =
                heldPath >= 0 && heldPath == functions.pathOf(function) && heldLine == functions.lineOf(function);
        if (writer == Writer.UNDECIDED && !isTopLevel(function)) {
            boolean pure = calls == 1
                    && stack.depth == 1
                    && functions.nameOf(function).equals("<module>")
                    && stack.functions[0] == 0
                    && isTopLevel(0);
            writer = pure ? Writer.STEPS_OF_RETURNS : equal ? Writer.STEPS_OF_DEFINITIONS : Writer.PLAIN;
        }
        return equal && writer == Writer.STEPS_OF_DEFINITIONS;
    }

    private boolean isTopLevel(int function) {
        String name = functions.nameOf(function);
        return function == 0 && (name.equals("<top-level>") || name.equals("<toplevel>"));
    }

    @Override
    public void leave() {
        count(RecordKind.RETURN);
        balance.leave(records, position.getAsLong());
        int top = stack.top();
        boolean repeated = writer == Writer.STEPS_OF_RETURNS
                && top >= 0
                && heldPath >= 0
                && heldPath == stack.paths[top]
                && heldLine == stack.lines[top];
        if (repeated) {
            heldPath = -1;
        } else {
            release();
        }
        decideAbove();
        int code = top < 0 ? BlockBuilder.NO_CODE : stack.codes[top];
        if (code != WAITING) {
            events.event(RETURN, code);
        }
        stack.depth = Math.max(0, stack.depth - 1);
    }

    @Override
    public void thread(RecordKind kind, long id) {
        count(kind);
        release();
        Integer number = threads.get(id);
        if (number == null) {
            number = name(kind, id);
            visitor.thread(new TraceThread(number, id, EventBlock.NO_TIME, ""));
        }
        if (kind == RecordKind.THREAD_SWITCH) {
            stack = stacks.get(number);
            events.thread(number);
            balance.thread(number);
        }
    }

    /**
     * The number of a thread that comes for the first time. The trace begins in a thread without a name: it is that one if
     * nothing has happened yet, or if it is gone on with and has never begun.
     */
    private int name(RecordKind kind, long id) {
        boolean nothingYet = counts[RecordKind.STEP.ordinal()] == 0 && calls == 0;
        boolean first = !threads.containsValue(0) && (nothingYet || kind != RecordKind.THREAD_START);
        int number = first ? 0 : stacks.size();
        if (!first) {
            stacks.add(new Stack());
        }
        threads.put(id, number);
        return number;
    }

    @Override
    public void dropLastStep() {
        count(RecordKind.DROP_LAST_STEP);
        heldPath = -1;
    }

    @Override
    public void other(RecordKind kind) {
        count(kind);
    }

    private void count(RecordKind kind) {
        counts[kind.ordinal()]++;
        records++;
    }

    private boolean isPath(long pathId) {
        return pathId >= 0 && pathId < functions.paths();
    }

    private void lose(String expected, long found, int lostEvents) {
        damage.add(position.getAsLong(), "expected " + expected + ", found " + found, 0, 0, lostEvents);
    }

    /** The step that was held is one. */
    private void release() {
        int path = heldPath;
        if (path < 0) {
            return;
        }
        heldPath = -1;
        int top = stack.top();
        if (top >= 0) {
            if (stack.codes[top] == WAITING) {
                enter(top, path);
            }
            if (stack.paths[top] == path) {
                stack.lines[top] = heldLine;
                events.line(stack.codes[top], heldLine);
                return;
            }
        }
        events.line(functions.code(FunctionTable.NO_FUNCTION, path), heldLine);
    }

    /** Something else than a step happened in the innermost call: it is of the function as that was defined. */
    private void decideAbove() {
        int top = stack.top();
        if (top < 0 || stack.codes[top] != WAITING) {
            return;
        }
        int function = stack.functions[top];
        int path = function == FunctionTable.NO_FUNCTION ? -1 : functions.pathOf(function);
        if (path >= 0 && !functions.path(path).isEmpty()) {
            enter(top, path);
        }
    }

    private void enter(int top, int path) {
        int code = functions.code(stack.functions[top], path);
        stack.codes[top] = code;
        stack.paths[top] = path;
        events.event(START, code);
    }

    /** All records have come. */
    public void finish() {
        release();
        decideAbove();
        events.flush();
    }

    /** How many records of each kind there were, and whether calls and returns balance; after {@link #finish}. */
    public List<DetailTable> details() {
        List<List<Object>> rows = new ArrayList<>();
        for (RecordKind kind : RecordKind.values()) {
            if (counts[kind.ordinal()] > 0) {
                rows.add(List.of(kind.label(), counts[kind.ordinal()]));
            }
        }
        return List.of(
                new DetailTable("records", List.of("kind", "count"), List.copyOf(rows)), balance.table(functions));
    }
}
