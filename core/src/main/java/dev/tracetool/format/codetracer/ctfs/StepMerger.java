package dev.tracetool.format.codetracer.ctfs;

import dev.tracetool.code.CodeRecord;
import dev.tracetool.format.codetracer.BlockBuilder;
import dev.tracetool.format.codetracer.ThreadNumbers;
import dev.tracetool.trace.Damage;
import dev.tracetool.trace.EventKind;
import dev.tracetool.trace.TraceException;
import dev.tracetool.trace.TraceVisitor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Puts the calls of a recording between its steps. A call tells its first and its last step; the order of calls is that
 * in which they began, so that both streams are read once, side by side.
 *
 * <p>What is no line event although it is a step:
 *
 * <ul>
 *   <li><b>The first step of the recording</b>, which its writer puts there before anything runs; not in recordings of the
 *       other writer, whose table of functions has their lines, nor where there are no functions, which no recorder leaves.
 *   <li><b>The first step of a call</b> in a recording of Python: the recorder writes one for the line of the definition
 *       (of the first decorator, if there is one). That line is the first line of the code object. If a call begins with
 *       the first step of the recording, its own first one follows that.
 *   <li><b>A step on the line of the definition</b>, first of a call or right before it, where the table of functions has
 *       these lines.
 * </ul>
 *
 * <p>Each other step is a line event of the innermost call of its thread, in the file of that call's first step; a step in
 * another file is of code of which only the file is known. Several calls can begin or end with one step: their order is
 * that of their keys, inner ones inside. The writer has one stack of calls for all threads: with several threads a call
 * can seem to end with a step of another one; it is then told to end when its thread goes on.
 */
final class StepMerger {
    private static final int START = BlockBuilder.number(EventKind.PY_START);
    private static final int RETURN = BlockBuilder.number(EventKind.PY_RETURN);
    private static final int UNWIND = BlockBuilder.number(EventKind.PY_UNWIND);
    private static final int RAISE = BlockBuilder.number(EventKind.RAISE);
    private static final int HANDLED = BlockBuilder.number(EventKind.EXCEPTION_HANDLED);

    /** In place of the code object of a step that is no line event. */
    static final int NO_LINE = -3;

    private static final long NEVER = Frame.NEVER;

    /** In place of the number of steps. */
    static final long UNKNOWN = NEVER;

    /** More calls at once, of all threads, are damage: memory is bounded. */
    private static final int MAX_CALLS = 1 << 20;

    private final Damage damage;
    private final NameTable functions;
    private final CodeTable codes;
    private final CallStream calls;
    private final @Nullable StepRecords records;
    private final BlockBuilder events;

    /** For definitions alone: looking up must not disturb where steps are. */
    private final Locations definitions;

    private final boolean python;
    private final boolean startsBefore;
    private final ThreadNumbers threads;

    /** The innermost call of each thread but the one that goes on. */
    private final List<Frame> tops = new ArrayList<>();

    private int thread;
    private Frame top = Frame.outside();
    private boolean nothingYet = true;

    /** Calls of all threads that have begun and not ended. */
    private int open;

    /** The first step of the call that begins next. */
    private long nextEntry = NEVER;

    /** From which step on something has to be done beside telling a line: see {@link #before}. */
    private long attention = NEVER;

    /** Steps before this one can be lost. */
    private long lostBefore;

    private long deepest;
    private long misplaced;
    private long firstMisplaced = -1;

    /** @param records what is to be told beside steps and calls, null if that is not wanted */
    StepMerger(
            String input,
            TraceVisitor visitor,
            Damage damage,
            PathTable paths,
            NameTable functions,
            CallStream calls,
            @Nullable StepRecords records)
            throws IOException {
        this.damage = damage;
        this.functions = functions;
        this.calls = calls;
        this.records = records;
        this.codes = new CodeTable(input, visitor, functions, paths);
        this.events = new BlockBuilder(visitor, BlockBuilder.OF_CONTAINERS);
        this.definitions = paths.locations();
        this.python = paths.isPython();
        this.startsBefore = !functions.structured() && functions.size() > 0;
        tops.add(top);
        this.threads = new ThreadNumbers(visitor);
        nextCall();
    }

    private void nextCall() throws IOException {
        nextEntry = calls.next() ? calls.entry() : NEVER;
        attend();
    }

    private void attend() {
        attention = functions.structured() && nextEntry > 0 && nextEntry != NEVER ? nextEntry - 1 : nextEntry;
        if (records != null) {
            attention = Math.min(attention, records.next());
        }
    }

    /** Tells what there is beside all steps before that one. */
    private void tellBefore(long step) throws IOException {
        if (records != null && records.next() <= step) {
            events.flush();
            records.before(step);
            attend();
        }
    }

    /** From this step on {@link #before} has to be called. */
    long attention() {
        return attention;
    }

    /** From this step on {@link #after} has to be called. */
    long nextExit() {
        return top.exit;
    }

    /** In which file the innermost call is, if steps in it are line events of {@link #topCode}. */
    int topFile() {
        return top.file;
    }

    int topCode() {
        return top.codeOfLines;
    }

    BlockBuilder events() {
        return events;
    }

    /**
     * A record that is no step of a line comes, or one without a place.
     *
     * @param step its number
     */
    void before(long step) throws IOException {
        before(step, CodeTable.UNKNOWN_FILE, 0);
    }

    /**
     * A step comes.
     *
     * @param here its address
     * @return whether it can be a line event
     */
    boolean before(long step, int file, long here) throws IOException {
        boolean line = true;
        tellBefore(step);
        while (nextEntry <= step) {
            begin(step, file);
            nextCall();
        }
        if (nextEntry == step + 1 && functions.structured() && file != CodeTable.UNKNOWN_FILE) {
            line = !onLineOf(here, definition(calls.function()));
        }
        return line;
    }

    /** Whether the first address is on the same line as the second. */
    private boolean onLineOf(long here, long address) {
        return definitions.find(here) && address >= definitions.low() && address < definitions.high();
    }

    private long definition(long function) {
        return function >= 0 && function < functions.size() ? functions.address((int) function) : NameTable.NO_ADDRESS;
    }

    /** The call that comes next begins. */
    private void begin(long step, int file) throws IOException {
        long parent = calls.parent();
        while (top.key != parent && top.exit <= step) {
            end();
        }
        if (top.isCall()) {
            decide(top.entry == step ? file : CodeTable.UNKNOWN_FILE);
        }
        if (parent >= 0 && tops.size() == 1 && top.key != parent) {
            misplace();
        }
        long function = calls.function();
        if (function < 0 || function >= functions.size()) {
            damage.add(
                    calls.position(),
                    "expected a function below " + functions.size() + ", found " + Long.toUnsignedString(function),
                    0,
                    0,
                    0);
            function = CodeTable.NO_FUNCTION;
        }
        if (open == MAX_CALLS) {
            damage.add(calls.position(), "expected at most " + MAX_CALLS + " calls at once, found more", 0, 0, 2);
            return;
        }
        open++;
        top = top.call((int) function, calls);
        if (records != null) {
            records.calls().keep(calls);
        }
        deepest = Math.max(deepest, top.depth);
        nothingYet = false;
    }

    private void misplace() {
        if (misplaced++ == 0) {
            firstMisplaced = calls.key();
        }
    }

    /**
     * The code object of a step whose file is not {@link #topFile}.
     *
     * @return or {@link #NO_LINE} if it is no line event
     */
    int enter(long step, int file, int line, long here) throws TraceException {
        if (step == 0 && startsBefore) {
            return NO_LINE;
        }
        nothingYet = false;
        if (top.isCall() && !top.isWaiting() && top.file != CodeTable.UNKNOWN_FILE) {
            return codes.code(CodeTable.NO_FUNCTION, file, CodeRecord.UNKNOWN);
        }
        int function = top.function;
        if (!top.isCall() || !top.isWaiting()) {
            top.linesIn(file, codes.code(function, file, CodeRecord.UNKNOWN));
            return top.codeOfLines;
        }
        boolean first = python && top.entry >= lostBefore;
        int firstLine = first ? line : CodeRecord.UNKNOWN;
        boolean definition = first;
        long address = definition(function);
        if (address >= 0) {
            definition |= onLineOf(here, address);
            if (definitions.find(address) && definitions.file() == file) {
                firstLine = definitions.line();
            }
        }
        top.decide(codes.code(function, file, firstLine), file);
        start();
        return definition ? NO_LINE : top.code;
    }

    /**
     * What happened to the innermost call has to be of some code object.
     *
     * @param file in which it is if the table of functions does not tell that, or {@link CodeTable#UNKNOWN_FILE}
     */
    private void decide(int file) throws TraceException {
        if (!top.isWaiting()) {
            return;
        }
        int function = top.function;
        int code;
        if (definitions.find(definition(function))) {
            code = codes.code(function, definitions.file(), definitions.line());
        } else if (file != CodeTable.UNKNOWN_FILE) {
            code = codes.code(function, file, CodeRecord.UNKNOWN);
        } else {
            code = codes.code(function);
        }
        top.decide(code, codes.lastFile(function));
        start();
    }

    private void start() {
        if (records != null) {
            events.flush();
            records.calls().starts(top.key);
        }
        ofCall(START);
    }

    /** The innermost call begins or ends: what it was given or returned is there only until that is told. */
    private void ofCall(int kind) {
        events.event(kind, top.code);
        if (records != null) {
            events.flush();
        }
    }

    /** That record was dealt with; calls can end with it. */
    void after(long step) throws IOException {
        if (top.exit <= step) {
            tellBefore(step + 1);
        }
        while (top.exit <= step) {
            end();
        }
    }

    private void end() throws TraceException {
        decide(CodeTable.UNKNOWN_FILE);
        if (records != null) {
            events.flush();
            records.calls().ends(top.key);
        }
        ofCall(top.exception ? UNWIND : RETURN);
        top = top.caller;
        open--;
    }

    /**
     * An exception was raised.
     *
     * @param position of the record in the container
     * @param text holds what it says
     */
    void raise(long position, byte[] text, int from, int length) throws IOException {
        exception(RAISE);
        if (records != null) {
            events.flush();
            records.raised(position, text, from, length);
        }
    }

    void handled() throws TraceException {
        exception(HANDLED);
    }

    private void exception(int kind) throws TraceException {
        nothingYet = false;
        if (top.isCall()) {
            decide(CodeTable.UNKNOWN_FILE);
            events.event(kind, top.code);
        } else {
            events.event(kind, top.codeOfLines >= 0 ? top.codeOfLines : codes.code(CodeTable.NO_FUNCTION));
        }
    }

    /**
     * A thread began, ended, or goes on.
     *
     * @param position of the record in the container
     */
    void thread(StepTag tag, long id, long position) throws IOException {
        int number = threads.of(id, tag == StepTag.THREAD_START, nothingYet);
        if (number == ThreadNumbers.NONE) {
            damage.add(position, "expected at most " + ThreadNumbers.MAX_THREADS + " threads, found another", 0, 0, 0);
            return;
        }
        if (number == tops.size()) {
            tops.add(Frame.outside());
        }
        if (tag == StepTag.THREAD_SWITCH) {
            goOn(number);
            events.thread(number);
            if (records != null) {
                events.flush();
                records.switchTo(number);
            }
        } else if (tag == StepTag.THREAD_EXIT && records != null) {
            events.flush();
            records.threadExit(number);
        }
    }

    private void goOn(int inThread) {
        tops.set(thread, top);
        thread = inThread;
        top = tops.get(inThread);
    }

    /** Records before that one were lost. */
    void lost(long before) {
        lostBefore = before;
    }

    /**
     * All records have come: calls that are left begin and end.
     *
     * @param steps how many there are, or {@link #UNKNOWN}
     */
    void finish(long steps) throws IOException {
        tellBefore(steps);
        if (nextEntry > steps && nextEntry != NEVER) {
            beyond("a call that begins", nextEntry, calls.position(), steps);
        }
        if (records != null && records.next() != NEVER) {
            beyond("values or output", records.next() - 1, 0, steps);
        }
        tellBefore(NEVER);
        while (nextEntry != NEVER) {
            long entry = nextEntry;
            after(entry - 1);
            begin(entry, CodeTable.UNKNOWN_FILE);
            nextCall();
        }
        for (int i = 0; i < tops.size(); i++) {
            goOn(i);
            events.thread(i);
            if (records != null) {
                records.thread(i);
            }
            after(NEVER - 1);
        }
        events.flush();
    }

    private void beyond(String what, long step, long position, long steps) {
        damage.add(position, "expected steps below " + steps + ", found " + what + " with " + step, 0, 0, 0);
    }

    /** How many calls were open at once, at most. */
    long deepest() {
        return deepest;
    }

    /** Calls whose caller was not the innermost call when they began. */
    long misplaced() {
        return misplaced;
    }

    /** The key of the first of them, or -1. */
    long firstMisplaced() {
        return firstMisplaced;
    }
}
