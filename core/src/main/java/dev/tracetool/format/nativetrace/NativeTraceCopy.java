package dev.tracetool.format.nativetrace;

import dev.tracetool.code.CodeObjectWrapper;
import dev.tracetool.code.CodeRecord;
import dev.tracetool.code.LineTableFormat;
import dev.tracetool.format.Losses;
import dev.tracetool.format.TraceWriter;
import dev.tracetool.trace.EventBlock;
import dev.tracetool.trace.ReadResult;
import dev.tracetool.trace.TraceMark;
import dev.tracetool.trace.TraceMetadata;
import dev.tracetool.trace.TraceSource;
import dev.tracetool.trace.TraceThread;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Writes whatever is read as a trace file of tracetool's own: kinds, code objects, events and all that stands beside them
 * as they come. After damage code objects can be missing, whose indices no file may leave out: those that follow get new
 * ones then.
 */
public final class NativeTraceCopy implements TraceWriter {
    /** Formats that tell code objects one by one would have as many frames of the file. */
    private static final int MAX_PENDING = 1000;

    private static final int MISSING = -1;

    private final OutputStream out;
    private final Losses losses = new Losses();
    private final List<CodeRecord> pending = new ArrayList<>();
    private @Nullable NativeTraceWriter writer;
    private LineTableFormat tables = LineTableFormat.NONE;

    /** By index in what is read: the index that was written, or {@link #MISSING}. */
    private int[] indices = new int[64];

    private int known;

    /** Code objects of which more is known than the file holds. */
    private long compiled;

    private int written;

    /** Whether an index was ever written as another one. */
    private boolean shifted;

    private @Nullable EventBlock copy;
    private long endTime = EventBlock.NO_TIME;

    /** @param out not closed */
    public NativeTraceCopy(OutputStream out) {
        this.out = out;
    }

    private interface Step {
        void on(NativeTraceWriter writer) throws IOException;
    }

    /** Code objects that wait come first: whatever follows can name them. */
    private void write(Step step) {
        try {
            flushCodes();
            step.on(writer());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private NativeTraceWriter writer() {
        return Objects.requireNonNull(writer, "no metadata");
    }

    @Override
    public void metadata(TraceMetadata metadata) {
        tables = metadata.lineTableFormat();
        copy = new EventBlock(metadata.kinds());
        try {
            writer = new NativeTraceWriter(out, metadata, Compression.ZSTD);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void codeObjects(List<CodeObjectWrapper> codes) {
        for (CodeObjectWrapper code : codes) {
            int index = code.index();
            if (index >= indices.length) {
                indices = Arrays.copyOf(
                        indices, (int) Math.min(Math.max(index + 1L, 2L * indices.length), Integer.MAX_VALUE - 8));
            }
            if (index > known) {
                Arrays.fill(indices, known, index, MISSING);
            }
            shifted |= index != written;
            indices[index] = written++;
            known = Math.max(known, index + 1);
            pending.add(recordOf(code.underlying()));
        }
        if (pending.size() >= MAX_PENDING) {
            write(w -> {});
        }
    }

    private CodeRecord recordOf(CodeRecord code) {
        compiled += code.stackSize() != CodeRecord.UNKNOWN ? 1 : 0;
        boolean otherTable = code.lineTableFormat() != tables && code.lineTable().length > 0;
        if (otherTable) {
            losses.add("line table", "of another encoding than the others", 1);
        }
        return otherTable || shifted
                ? new CopiedCode(code, shifted ? indexOf(code.parentIndex()) : code.parentIndex(), !otherTable)
                : code;
    }

    private void flushCodes() throws IOException {
        for (int from = 0; from < pending.size(); from += MAX_PENDING) {
            writer().codes(pending.subList(from, Math.min(pending.size(), from + MAX_PENDING)));
        }
        pending.clear();
    }

    private int indexOf(int index) {
        return index >= 0 && index < known ? indices[index] : MISSING;
    }

    private int[] indicesOf(int[] codes) {
        return shifted
                ? Arrays.stream(codes)
                        .map(this::indexOf)
                        .filter(code -> code != MISSING)
                        .toArray()
                : codes;
    }

    @Override
    public void thread(TraceThread thread) {
        write(w -> w.thread(thread));
    }

    @Override
    public void frames(int thread, long time, int[] codes, int[] offsets) {
        int[] there = new int[codes.length];
        int[] at = new int[codes.length];
        int count = 0;
        for (int i = 0; i < codes.length; i++) {
            int code = shifted ? indexOf(codes[i]) : codes[i];
            if (code != MISSING) {
                there[count] = code;
                at[count++] = offsets[i];
            }
        }
        int[] frames = Arrays.copyOf(there, count);
        int[] places = Arrays.copyOf(at, count);
        write(w -> w.frames(thread, time, frames, places));
    }

    @Override
    public void events(EventBlock block) {
        if (block.size() > 0) {
            EventBlock sound = isSound(block) ? block : sound(block);
            write(w -> w.events(sound));
        }
    }

    private boolean isSound(EventBlock block) {
        if (shifted) {
            return false;
        }
        int[] codes = block.opCodes();
        for (int i = 0; i < block.opCodeCount(); i++) {
            if (codes[i] < 0 || codes[i] >= known) {
                return false;
            }
        }
        return true;
    }

    /** The events of code objects that are there, with the indices that these have in the file. */
    private EventBlock sound(EventBlock block) {
        EventBlock to = Objects.requireNonNull(copy, "no metadata");
        to.reset(block.thread(), block.size(), block.timeCount(), block.destinationCount());
        int events = 0;
        int times = 0;
        int destinations = 0;
        int time = 0;
        int destination = 0;
        for (int i = 0; i < block.size(); i++) {
            int kind = block.kinds()[i];
            int code = indexOf(block.codes()[i]);
            if (code != MISSING) {
                to.kinds()[events] = (byte) kind;
                to.codes()[events] = code;
                to.args()[events++] = block.args()[i];
                if (block.timed()[kind]) {
                    to.times()[times++] = block.times()[time];
                }
                if (block.destined()[kind]) {
                    to.destinations()[destinations++] = block.destinations()[destination];
                }
            }
            time += block.timed()[kind] ? 1 : 0;
            destination += block.destined()[kind] ? 1 : 0;
        }
        losses.add("event", "of unknown code objects", block.size() - events);
        to.shrink(events, times, destinations);
        return to;
    }

    @Override
    public void mark(TraceMark mark) {
        write(w -> w.mark(mark));
    }

    @Override
    public void source(TraceSource source) {
        byte[] text = source.text();
        if (text != null && text.length > Layout.MAX_SOURCE) {
            losses.add("source text", "longer than " + (Layout.MAX_SOURCE >> 20) + " MiB", 1);
            write(w -> w.source(new TraceSource(source.file(), source.size(), source.sha256(), null)));
        } else {
            write(w -> w.source(source));
        }
    }

    @Override
    public void codeEnded(int[] codes) {
        int[] ended = indicesOf(codes);
        write(w -> w.codeEnded(ended));
    }

    @Override
    public void failure(String message) {
        write(w -> w.failure(message));
    }

    @Override
    public void end(long time) {
        endTime = time;
    }

    /** Not every format tells an end of its own: one that is whole has one. */
    @Override
    public void finish(ReadResult result) throws IOException {
        flushCodes();
        if (result.complete()) {
            writer().end(endTime);
        }
        losses.add("code object", "written without bytecode, constants, names and exception table", compiled);
        out.flush();
    }

    @Override
    public Losses losses() {
        return losses;
    }

    /** A code object with another parent, or without its table. */
    private record CopiedCode(CodeRecord code, int parentIndex, boolean withTable) implements CodeRecord {
        @Override
        public long id() {
            return code.id();
        }

        @Override
        public String filename() {
            return code.filename();
        }

        @Override
        public String qualname() {
            return code.qualname();
        }

        @Override
        public String name() {
            return code.name();
        }

        @Override
        public int firstLine() {
            return code.firstLine();
        }

        @Override
        public int flags() {
            return code.flags();
        }

        @Override
        public int argCount() {
            return code.argCount();
        }

        @Override
        public int positionalOnlyArgCount() {
            return code.positionalOnlyArgCount();
        }

        @Override
        public int keywordOnlyArgCount() {
            return code.keywordOnlyArgCount();
        }

        @Override
        public int codeLength() {
            return code.codeLength();
        }

        @Override
        public LineTableFormat lineTableFormat() {
            return code.lineTableFormat();
        }

        @Override
        public byte[] lineTable() {
            return withTable ? code.lineTable() : new byte[0];
        }

        @Override
        public @Nullable List<String> variableNames() {
            return code.variableNames();
        }

        @Override
        public byte[] digest() {
            return code.digest();
        }
    }
}
