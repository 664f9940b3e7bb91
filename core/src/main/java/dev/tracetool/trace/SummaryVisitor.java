package dev.tracetool.trace;

import dev.tracetool.code.CodeObjectWrapper;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Makes the {@link TraceSummary} of a format without an index, in one pass. */
public final class SummaryVisitor implements TraceVisitor {
    private final List<CodeObjectWrapper> codes = new ArrayList<>();
    private final Map<Integer, TraceThread> threads = new TreeMap<>();
    private final Map<Integer, Long> eventsByThread = new TreeMap<>();
    private final long[] countByKind = new long[KindTable.MAX_KINDS + 1];
    private final List<String> failures = new ArrayList<>();
    private @Nullable TraceMetadata metadata;
    private long blocks;
    private int sources;
    private int sourceTexts;
    private long lastTime = EventBlock.NO_TIME;

    @Override
    public boolean wantsOffsets() {
        return false;
    }

    @Override
    public void metadata(TraceMetadata metadata) {
        this.metadata = metadata;
    }

    @Override
    public void codeObjects(List<CodeObjectWrapper> added) {
        codes.addAll(added);
    }

    @Override
    public void thread(TraceThread thread) {
        threads.put(thread.number(), thread);
    }

    @Override
    public void events(EventBlock block) {
        blocks++;
        int[] counts = block.countByKind();
        for (int kind = 1; kind < counts.length; kind++) {
            countByKind[kind] += counts[kind];
        }
        eventsByThread.merge(block.thread(), (long) block.size(), Long::sum);
        if (block.timeCount() > 0) {
            lastTime = Math.max(lastTime, block.times()[block.timeCount() - 1]);
        }
    }

    @Override
    public void source(TraceSource source) {
        sources++;
        sourceTexts += source.text() == null ? 0 : 1;
    }

    @Override
    public void failure(String message) {
        failures.add(message);
    }

    @Override
    public void end(long time) {
        lastTime = Math.max(lastTime, time);
    }

    /**
     * What was seen.
     *
     * @param result of the pass that this was given to
     * @param details what only the format tells
     */
    public TraceSummary finish(ReadResult result, List<DetailTable> details) {
        TraceMetadata about = Objects.requireNonNull(metadata, "no metadata");
        Map<String, Long> byKind = new LinkedHashMap<>();
        for (int kind = 1; kind <= about.kinds().size(); kind++) {
            String name = about.kinds().kind(kind).name();
            if (countByKind[kind] > 0 || about.asked(name)) {
                byKind.put(name, countByKind[kind]);
            }
        }
        List<TraceSummary.ThreadEvents> rows = new ArrayList<>(threads.size());
        threads.forEach((number, thread) ->
                rows.add(new TraceSummary.ThreadEvents(thread, eventsByThread.getOrDefault(number, 0L))));
        return new TraceSummary(
                byKind,
                rows,
                codes,
                blocks,
                -1,
                -1,
                List.of(),
                sources,
                sourceTexts,
                about.clockStart(),
                lastTime,
                false,
                failures,
                result,
                details);
    }
}
