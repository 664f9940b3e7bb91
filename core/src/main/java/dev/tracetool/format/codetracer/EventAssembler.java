package dev.tracetool.format.codetracer;

import dev.tracetool.code.CodeRecord;
import dev.tracetool.trace.Damage;
import dev.tracetool.trace.DetailTable;
import dev.tracetool.trace.EventKind;
import dev.tracetool.trace.TraceException;
import dev.tracetool.trace.TraceVisitor;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Makes events of records: the one place that knows what the recorders write that did not happen.
 *
 * <ul>
 *   <li><b>Steps that did not happen</b>: see {@link StepRule}.
 *   <li><b>The top level</b> is a recorder's own call around the program. It is code only if it takes steps of its own, as
 *       a script does for which the recorder has no other call.
 *   <li><b>Same-named functions</b> share an id: in which file a call was, its first step tells. Until there is one, the
 *       event of a call waits; whatever else happens first makes it a call of the function as it was defined.
 *   <li><b>Yields</b> are written as returns, and what resumes a generator as a call: nothing tells them apart.
 *   <li><b>A return without a call</b> is no event: nobody knows what returned. The balance tells of it.
 * </ul>
 *
 * <p>A record that names a path or a function that is not there is damage; a call is one all the same, so that returns
 * find theirs.
 */
public final class EventAssembler implements RecordSink {
    /** Frames of all threads that are kept: the events of those beyond have the code object of the last one. */
    private static final int MAX_FRAMES = 1 << 20;

    /** What the table of records is called, which has kinds and counts. */
    static final String RECORDS = "records";

    private static final int START = BlockBuilder.number(EventKind.PY_START);
    private static final int RETURN = BlockBuilder.number(EventKind.PY_RETURN);

    private final Damage damage;
    private final LongSupplier position;
    private final FunctionTable functions;
    private final ContentDigest digest = new ContentDigest();
    private final BlockBuilder events;
    private final CallBalance balance = new CallBalance();
    private final long[] counts = new long[RecordKind.values().length];
    private final FrameStack.Room room = new FrameStack.Room(MAX_FRAMES);
    private final ThreadNumbers threads;

    /** By number of thread. */
    private final List<FrameStack> stacks = new ArrayList<>();

    private FrameStack stack = new FrameStack(room);

    private StepRule rule = StepRule.UNDECIDED;
    private long unknown;

    /** What is wrong with the record that comes; null if nothing is known to be. */
    private @Nullable String wrong;

    /** Whether that was told of this record: what follows from it is not. */
    private boolean told;

    /** All records until now, and so the number of the last one, from 1. */
    private long records;

    /** Calls but those of the top level. */
    private long calls;

    /** The step that the next record can show to be none, or -1. */
    private int heldPath = -1;

    private int heldLine;

    /**
     * @param input its name, for errors
     * @param damage to which is added what records contradict
     * @param position of the record that comes, in bytes; for damage
     */
    public EventAssembler(String input, TraceVisitor visitor, Damage damage, LongSupplier position) {
        this.damage = damage;
        this.position = position;
        this.functions = new FunctionTable(input, visitor, position);
        this.events = new BlockBuilder(visitor, BlockBuilder.OF_RECORDS, digest);
        stacks.add(stack);
        this.threads = new ThreadNumbers(visitor);
    }

    /** Paths that stand beside the trace: for ids that it does not define. To be called first, if at all. */
    public void otherPaths(List<String> paths) {
        functions.otherPaths(paths);
    }

    @Override
    public void wrong(String message) {
        wrong = message;
    }

    @Override
    public void path(String path) throws TraceException {
        count(RecordKind.PATH);
        functions.addPath(path);
    }

    @Override
    public void function(long pathId, long line, String name) throws TraceException {
        count(RecordKind.FUNCTION);
        boolean isPath = isPath(pathId);
        boolean isLine = isLine(line);
        if (!isPath) {
            losePath(pathId, 0);
        } else if (!isLine
                && line != NO_NUMBER
                && line != CodeRecord.UNKNOWN) { // an unknown line is none that was lost
            loseLine(line, 0);
        }
        functions.addFunction(isPath ? (int) pathId : -1, isPath && isLine ? (int) line : CodeRecord.UNKNOWN, name);
    }

    @Override
    public void step(long pathId, long line) throws TraceException {
        count(RecordKind.STEP);
        release();
        if (!isPath(pathId)) {
            losePath(pathId, 1);
        } else if (!isLine(line)) {
            loseLine(line, 1);
        } else {
            heldPath = (int) pathId;
            heldLine = (int) line;
        }
    }

    @Override
    public void call(long functionId) throws TraceException {
        count(RecordKind.CALL);
        boolean known = functionId >= 0 && functionId < functions.functions();
        int function = known ? (int) functionId : FunctionTable.NO_FUNCTION;
        boolean topLevel = StepRule.isTopLevel(functions, function);
        balance.call(records, position.getAsLong(), function, topLevel);
        if (!known) {
            lose("expected a function below " + functions.functions() + found(functionId), 0);
        } else if (isStepOfDefinition(function)) {
            heldPath = -1;
        }
        release();
        decide(stack);
        stack.push(function);
        calls += topLevel ? 0 : 1;
    }

    /** Calls of function 0 decide nothing: to the writers in Rust it is the top level, before which they put no step. */
    private boolean isStepOfDefinition(int function) {
        boolean atDefinition =
                heldPath >= 0 && heldPath == functions.pathOf(function) && heldLine == functions.lineOf(function);
        if (rule == StepRule.UNDECIDED && function > 0) {
            rule = StepRule.of(functions, function, stack, heldPath >= 0, atDefinition);
        }
        return atDefinition && rule == StepRule.DEFINITIONS;
    }

    @Override
    public void leave() throws TraceException {
        count(RecordKind.RETURN);
        balance.leave(records, position.getAsLong());
        if (rule == StepRule.RETURNS) {
            heldPath = -1;
        }
        release();
        decide(stack);
        int top = stack.top();
        if (top >= 0 && !stack.isWaiting(top) && stack.depth() == top + 1) { // else its call is no event either
            events.event(RETURN, stack.code(top));
        }
        stack.pop();
    }

    @Override
    public void thread(RecordKind kind, long id) throws TraceException {
        count(kind);
        release();
        if (id == NO_NUMBER) {
            lose("expected the id of a thread, found none, or 2^63", 0);
        }
        int named = threads.named();
        boolean nothingYet = counts[RecordKind.STEP.ordinal()] == 0 && calls == 0;
        int number = threads.of(id, kind == RecordKind.THREAD_START, nothingYet);
        if (number == ThreadNumbers.NONE) {
            lose("expected at most " + ThreadNumbers.MAX_THREADS + " threads, found another", 0);
            return;
        }
        if (threads.named() > named) {
            digest.number(id);
        }
        if (number == stacks.size()) {
            stacks.add(new FrameStack(room));
        }
        if (kind == RecordKind.THREAD_SWITCH) {
            stack = stacks.get(number);
            events.thread(number);
            balance.thread(number);
        }
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

    @Override
    public void unknown(String found) {
        unknown++;
        next(0);
        lose("expected a kind of record, found " + found, 0);
    }

    private void count(RecordKind kind) {
        counts[kind.ordinal()]++;
        next(kind == RecordKind.STEP ? 1 : 0);
    }

    private void next(int lostEvents) {
        records++;
        String message = wrong;
        told = message != null;
        if (message != null) {
            wrong = null;
            damage.add(position.getAsLong(), "record " + records + ": " + message, 0, 0, lostEvents);
        }
    }

    private boolean isPath(long pathId) {
        return pathId >= 0 && pathId < functions.paths();
    }

    private static boolean isLine(long line) {
        return line >= 0 && line <= Integer.MAX_VALUE;
    }

    private void losePath(long found, int lostEvents) {
        lose("expected a path below " + functions.paths() + found(found), lostEvents);
    }

    private void loseLine(long found, int lostEvents) {
        lose("expected a line" + found(found), lostEvents);
    }

    private static String found(long number) {
        return ", found " + (number == NO_NUMBER ? "none, or one of more than 63 bits" : number);
    }

    private void lose(String message, int lostEvents) {
        if (told) {
            return;
        }
        damage.add(position.getAsLong(), "record " + records + ": " + message, 0, 0, lostEvents);
    }

    /** The step that was held is one. */
    private void release() throws TraceException {
        int path = heldPath;
        if (path < 0) {
            return;
        }
        heldPath = -1;
        int top = stack.top();
        if (top >= 0) {
            if (stack.isWaiting(top)) {
                enter(stack, path);
            }
            if (stack.path(top) == path) {
                events.line(stack.code(top), heldLine);
                return;
            }
        }
        events.line(functions.code(FunctionTable.NO_FUNCTION, path), heldLine);
    }

    /** Something else than a step happened in the innermost call: it is of the function as that was defined. */
    private void decide(FrameStack calling) throws TraceException {
        int top = calling.top();
        if (top < 0 || !calling.isWaiting(top)) {
            return;
        }
        int function = calling.function(top);
        if (function == FunctionTable.NO_FUNCTION || StepRule.isTopLevel(functions, function)) {
            return;
        }
        int path = functions.pathOf(function);
        if (path >= 0) {
            enter(calling, path);
        }
    }

    private void enter(FrameStack calling, int path) throws TraceException {
        int top = calling.top();
        int code = functions.code(calling.function(top), path);
        calling.enter(top, code, path);
        events.event(START, code);
    }

    /** All records have come. */
    public void finish() throws TraceException {
        release();
        for (int number = 0; number < stacks.size(); number++) {
            events.thread(number);
            decide(stacks.get(number));
        }
        functions.addOthers();
        events.flush();
    }

    /**
     * A digest of all events, of the functions and threads that they are of, and of how many records of each kind there
     * were; after {@link #finish}. It is the same in all encodings; of values it has nothing but their number.
     */
    public String identity() {
        for (long count : counts) {
            digest.number(count);
        }
        digest.number(unknown);
        digest.text(functions.digest());
        return digest.hex();
    }

    /** Returns without a call, of which there is no event. */
    public long strayReturns() {
        return balance.strayReturns();
    }

    /** How many records of each kind there were, and whether calls and returns balance; after {@link #finish}. */
    public List<DetailTable> details() {
        List<List<Object>> rows = new ArrayList<>();
        for (RecordKind kind : RecordKind.values()) {
            if (counts[kind.ordinal()] > 0) {
                rows.add(List.of(kind.label(), counts[kind.ordinal()]));
            }
        }
        if (unknown > 0) {
            rows.add(List.of("unknown", unknown));
        }
        return List.of(new DetailTable(RECORDS, List.of("kind", "count"), List.copyOf(rows)), balance.table(functions));
    }
}
