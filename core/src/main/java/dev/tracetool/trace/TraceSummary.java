package dev.tracetool.trace;

import dev.tracetool.code.CodeObjectWrapper;
import java.util.List;
import java.util.Map;

/**
 * What is in a trace, as far as it is known without decoding events.
 *
 * @param eventsByKind by the names of the trace's kind table, in its order, kinds that were asked for and have no events included
 * @param threads in order of their numbers
 * @param codes every code object, in order of index
 * @param eventBlocks number of blocks of events
 * @param rawBytes size of all packed event sections before compression, -1 if unknown
 * @param storedBytes size of the same as stored, -1 if unknown
 * @param codecs names of the compressions in use, sorted
 * @param sources number of source files whose digests are known
 * @param sourceTexts of how many of these the trace carries the text
 * @param startTime clock reading at the start, in nanoseconds
 * @param endTime clock reading at the end, or the last one known; {@link EventBlock#NO_TIME} if there is none
 * @param indexed whether the index was used
 * @param failures messages of a recorder that stopped for a failure of its own
 * @param details what only this format tells
 */
public record TraceSummary(
        Map<String, Long> eventsByKind,
        List<ThreadEvents> threads,
        List<CodeObjectWrapper> codes,
        long eventBlocks,
        long rawBytes,
        long storedBytes,
        List<String> codecs,
        int sources,
        int sourceTexts,
        long startTime,
        long endTime,
        boolean indexed,
        List<String> failures,
        ReadResult result,
        List<DetailTable> details) {

    /** A thread with the number of its events. */
    public record ThreadEvents(TraceThread thread, long events) {}

    public long events() {
        return eventsByKind.values().stream().mapToLong(Long::longValue).sum();
    }
}
