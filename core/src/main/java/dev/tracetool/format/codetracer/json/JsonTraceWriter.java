package dev.tracetool.format.codetracer.json;

import dev.tracetool.code.CodeIdentity;
import dev.tracetool.code.CodeObjectWrapper;
import dev.tracetool.format.Losses;
import dev.tracetool.format.TraceWriter;
import dev.tracetool.format.codetracer.RecordKind;
import dev.tracetool.format.codetracer.RecordTokens;
import dev.tracetool.format.codetracer.RecordVisitor;
import dev.tracetool.format.codetracer.UnheldRecords;
import dev.tracetool.trace.Damage;
import dev.tracetool.trace.DetailTable;
import dev.tracetool.trace.EventBlock;
import dev.tracetool.trace.EventKind;
import dev.tracetool.trace.KindTable;
import dev.tracetool.trace.ReadResult;
import dev.tracetool.trace.TraceMark;
import dev.tracetool.trace.TraceMetadata;
import dev.tracetool.trace.TraceSource;
import dev.tracetool.trace.TraceThread;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Writes a trace as CodeTracer's recorder in Rust does, so that whoever reads it back finds the same lines, calls and
 * returns, each of the same function:
 *
 * <ul>
 *   <li>a call of {@code <toplevel>} comes first, and in front of each call a step at the line of its definition;
 *   <li>a function is defined when it is first called, one for each code object;
 *   <li>a frame that is resumed is a call, and one that yields, or that an exception leaves, returns.
 * </ul>
 *
 * <p>Records have no stack but that of calls. A frame that was running before the recording began is written as a call
 * when it is first heard of, and one that was left unseen returns when something else goes on: both are counted among what
 * the format cannot hold. A trace that does not have every call and return has only steps, without functions.
 */
public final class JsonTraceWriter implements TraceWriter, RecordVisitor {
    /** What the recorders call the whole program. */
    private static final String TOP_LEVEL = CodeIdentity.TOP_LEVEL;

    private static final int TOP_LEVEL_LINE = 1;

    /** As many frames are looked through for one that goes on: of deeper ones nothing is left unseen. */
    private static final int MAX_LEFT_UNSEEN = 1000;

    static final String METADATA = "_metadata.json";
    static final String PATHS = "_paths.json";

    /** What is known of a thread. */
    private static final class Thread {
        final OpenCalls calls = new OpenCalls();

        /** Whether the last record was a call: in which path it is, the next one decides. */
        boolean fresh;
    }

    /** Whether definitions are stepped on: decided by the first call, as a reader does. */
    private enum Definitions {
        UNDECIDED,
        WRITTEN,
        LEFT_OUT
    }

    private final Damage damage = new Damage();
    private final JsonRecordWriter tokens;
    private final RecordWriter records;
    private final Losses losses = new Losses();
    private final FunctionIds ids = new FunctionIds();
    private final List<String> paths = new ArrayList<>();
    private final ThreadIds threadIds = new ThreadIds();
    private final Map<Integer, Thread> threads = new HashMap<>();
    private @Nullable TraceMetadata metadata;

    /** What only the source's format tells of the run, for the files beside. */
    private List<DetailTable> details = List.of();

    private @Nullable UnheldEvents unheld;
    private boolean hasCalls;
    private boolean topLevelOpen;
    private Definitions definitions = Definitions.UNDECIDED;
    private int current = -1;
    private @Nullable Thread thread;
    private @Nullable Thread first;
    private List<String> types = List.of();
    private List<String> variables = List.of();
    private @Nullable Value arguments;
    private @Nullable Value returned;

    /** @param out not closed */
    public JsonTraceWriter(OutputStream out) {
        tokens = new JsonRecordWriter(out, damage);
        records = new RecordWriter(tokens);
    }

    @Override
    public void details(List<DetailTable> ofRun) {
        details = List.copyOf(ofRun);
        losses.addAll(UnheldRecords.ofJson(details));
    }

    private interface Step {
        void run() throws IOException;
    }

    private static void write(Step step) {
        try {
            step.run();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void metadata(TraceMetadata about) {
        metadata = about;
        KindTable kinds = about.kinds();
        hasCalls = every(about, EventKind.PY_START) && every(about, EventKind.PY_RETURN);
        unheld = new UnheldEvents(kinds, hasCalls);
        write(this::begin);
    }

    /** Whether each event of the kind was recorded. */
    private static boolean every(TraceMetadata metadata, EventKind kind) {
        boolean asked = metadata.events().isEmpty() || metadata.events().contains(kind.name());
        return metadata.kinds().numberOf(kind) != 0 && asked && !metadata.once().contains(kind.name());
    }

    private void begin() throws IOException {
        for (String path : paths) {
            records.path(path);
        }
        if (hasCalls) {
            List<String> argv = run().argv();
            int path = path(argv.isEmpty() ? "" : argv.get(0));
            int function = ids.defineFunction();
            records.function(path, TOP_LEVEL_LINE, TOP_LEVEL);
            records.call(function, null);
            topLevelOpen = true;
        }
        for (String type : types) {
            records.type(type);
        }
        if (types.isEmpty()) {
            records.typeOfNone();
        }
        for (String name : variables) {
            records.variableName(name);
        }
    }

    private UnheldEvents unheld() {
        return Objects.requireNonNull(unheld, "no metadata");
    }

    private TraceMetadata run() {
        return Objects.requireNonNull(metadata, "no metadata");
    }

    @Override
    public void definitions(List<String> ofPaths, List<String> ofTypes, List<String> ofVariables) {
        for (String path : ofPaths) {
            ids.definePath(path);
            paths.add(path);
        }
        types = List.copyOf(ofTypes);
        variables = List.copyOf(ofVariables);
    }

    @Override
    public RecordTokens records(int number) throws IOException {
        enter(number);
        return tokens;
    }

    @Override
    public void arguments(@Nullable Value ofCall) {
        arguments = ofCall;
    }

    @Override
    public void returned(@Nullable Value ofCall) {
        returned = ofCall;
    }

    @Override
    public void raised(Value message) throws IOException {
        records.error(message);
        unheld().raised++;
    }

    @Override
    public void lose(String noun, String note) {
        losses.add(noun, note, 1);
    }

    @Override
    public void threadExit(int number) throws IOException {
        if (!threads.containsKey(number)) {
            threads.put(number, new Thread()); // it did nothing
            records.thread(RecordKind.THREAD_START, threadIds.of(number));
        }
        records.thread(RecordKind.THREAD_EXIT, threadIds.of(number));
    }

    @Override
    public void codeObjects(List<CodeObjectWrapper> codes) {
        for (CodeObjectWrapper code : codes) {
            ids.add(code);
        }
    }

    @Override
    public void thread(TraceThread known) {
        threadIds.add(known);
    }

    @Override
    public void frames(int number, long time, int[] codes, int[] offsets) {
        if (!hasCalls) {
            unheld().stacks++;
            return;
        }
        write(() -> {
            OpenCalls calls = enter(number).calls;
            int same = 0;
            while (same < codes.length && same < calls.depth() && calls.isKnown() && calls.at(same) == codes[same]) {
                same++;
            }
            leaveUnseen(calls.depth() - same);
            for (int i = same; i < codes.length; i++) {
                if (ids.code(codes[i]) != null) {
                    callBefore(codes[i]);
                }
            }
        });
    }

    @Override
    public void events(EventBlock block) {
        if (block.size() == 0) {
            return;
        }
        write(() -> {
            enter(block.thread());
            UnheldEvents counts = unheld();
            counts.times += block.timeCount();
            byte[] kinds = block.kinds();
            int[] codes = block.codes();
            int[] args = block.args();
            for (int i = 0; i < block.size(); i++) {
                UnheldEvents.Action action = counts.event(kinds[i]);
                if (ids.code(codes[i]) == null) {
                    counts.unknownCode++;
                    continue;
                }
                switch (action) {
                    case LINE -> line(codes[i], args[i]);
                    case CALL -> call(codes[i]);
                    case RETURN -> leave(codes[i]);
                    case NONE -> {}
                }
            }
        });
    }

    /** What follows is of that thread. The first one needs a record only to say its id, which can become known later. */
    private Thread enter(int number) throws IOException {
        Thread known = thread;
        if (known != null && number == current) {
            return known;
        }
        known = threads.get(number);
        boolean started = known != null;
        if (known == null) {
            known = new Thread();
            threads.put(number, known);
        }
        if (first == null) {
            first = known;
            if (threadIds.isKnown(number)) {
                records.thread(RecordKind.THREAD_START, threadIds.of(number));
            }
        } else {
            if (!started) {
                records.thread(RecordKind.THREAD_START, threadIds.of(number));
            }
            records.thread(RecordKind.THREAD_SWITCH, threadIds.of(number));
        }
        current = number;
        thread = known;
        return known;
    }

    private Thread here() {
        return Objects.requireNonNull(thread, "no thread");
    }

    private void line(int code, int line) throws IOException {
        if (hasCalls && !isAside(code)) {
            goOn(code);
        }
        records.step(pathOf(code), line);
        here().fresh = false;
    }

    /**
     * Whether a line is of no function that is known, as of a trace of records: a step in another path than that of the
     * innermost call says as much.
     */
    private boolean isAside(int code) throws IOException {
        Thread in = here();
        if (in.fresh || isFunction(code)) {
            return false;
        }
        OpenCalls calls = in.calls;
        if (calls.depth() > 0) {
            return calls.isKnown() && calls.top() != code && pathOf(calls.top()) != pathOf(code);
        }
        if (topLevelOpen && in == first) {
            topLevelOpen = false; // a step in it would make it code
            records.leave(null);
        }
        return true;
    }

    private void call(int code) throws IOException {
        int path = pathOf(code);
        CodeObjectWrapper wrapper = codeOf(code);
        int firstLine = Math.max(-1, wrapper.firstLine());
        if (ids.function(code) == FunctionIds.NONE) {
            ids.defineFunction(code);
            records.function(path, firstLine, wrapper.qualname());
        }
        if (definitions == Definitions.UNDECIDED) {
            definitions = firstLine < 0 ? Definitions.LEFT_OUT : Definitions.WRITTEN;
        }
        if (definitions == Definitions.WRITTEN && firstLine >= 0) {
            records.step(path, firstLine);
        }
        records.call(ids.function(code), arguments);
        arguments = null;
        here().calls.push(code);
        here().fresh = true;
    }

    private void leave(int code) throws IOException {
        goOn(code);
        records.leave(returned);
        returned = null;
        here().calls.pop();
        here().fresh = false;
    }

    /** The innermost call becomes one of the code object, if it is not. */
    private void goOn(int code) throws IOException {
        OpenCalls calls = here().calls;
        if (!calls.isKnown() || calls.top() == code) {
            return;
        }
        long above = calls.above(code, MAX_LEFT_UNSEEN);
        if (above >= 0) {
            leaveUnseen(above);
        } else {
            callBefore(code);
        }
    }

    private void callBefore(int code) throws IOException {
        if (isFunction(code)) {
            unheld().runningBefore++;
        } else {
            unheld().asideFirst++;
        }
        call(code);
    }

    /** Whether it is code, and not what stands for lines of no function. */
    private boolean isFunction(int code) {
        return codeOf(code).identity().isFunction();
    }

    private void leaveUnseen(long frames) throws IOException {
        for (long i = 0; i < frames; i++) {
            OpenCalls calls = here().calls;
            unheld().leftUnseen += calls.isKnown() && !isFunction(calls.top()) ? 0 : 1;
            records.leave(null);
            here().calls.pop();
            here().fresh = false;
        }
    }

    private CodeObjectWrapper codeOf(int code) {
        return Objects.requireNonNull(ids.code(code), "no code object");
    }

    private int pathOf(int code) throws IOException {
        int id = ids.path(code);
        if (id == FunctionIds.NONE) {
            id = path(codeOf(code).filename());
            ids.setPath(code, id);
        }
        return id;
    }

    private int path(String path) throws IOException {
        int id = ids.path(path);
        if (id == FunctionIds.NONE) {
            id = ids.definePath(path);
            paths.add(path);
            records.path(path);
        }
        return id;
    }

    @Override
    public void mark(TraceMark mark) {
        unheld().marks++;
    }

    @Override
    public void source(TraceSource source) {
        unheld().sources++;
    }

    @Override
    public void codeEnded(int[] codes) {
        unheld().ended += codes.length;
    }

    @Override
    public void failure(String message) {
        unheld().failures++;
    }

    @Override
    public void finish(ReadResult result) throws IOException {
        for (int number : threadIds.numbers()) {
            if (!threads.containsKey(number) && threadIds.isKnown(number)) {
                records.thread(RecordKind.THREAD_START, threadIds.of(number)); // it did nothing
            }
        }
        records.end();
        if (!hasCalls) {
            losses.addFact("that calls were not recorded");
        }
        unheld().addTo(losses, threadIds);
        UnheldCode code = new UnheldCode();
        for (int i = 0; i < ids.codes(); i++) {
            CodeObjectWrapper wrapper = ids.code(i);
            if (wrapper != null) {
                code.add(wrapper, ids.function(i) != FunctionIds.NONE);
            }
        }
        code.addTo(losses, run());
        losses.addAll(tokens.losses());
    }

    @Override
    public Losses losses() {
        return losses;
    }

    @Override
    public Damage unwritten() {
        return damage;
    }

    @Override
    public List<String> beside() {
        return List.of(METADATA, PATHS);
    }

    @Override
    public byte[] contentOf(String name) {
        return name.equals(METADATA) ? SidecarWriter.metadata(run(), details) : SidecarWriter.paths(paths);
    }
}
