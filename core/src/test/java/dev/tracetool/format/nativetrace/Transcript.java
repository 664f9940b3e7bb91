package dev.tracetool.format.nativetrace;

import dev.tracetool.code.CodeObjectWrapper;
import dev.tracetool.code.CodeRecord;
import dev.tracetool.trace.EventBlock;
import dev.tracetool.trace.KindTable;
import dev.tracetool.trace.TraceMark;
import dev.tracetool.trace.TraceMetadata;
import dev.tracetool.trace.TraceSource;
import dev.tracetool.trace.TraceThread;
import dev.tracetool.trace.TraceVisitor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/** Everything that a visitor was given, as text: one line for each block, and all that is in it. */
final class Transcript implements TraceVisitor {
    final List<String> lines = new ArrayList<>();
    long events;

    /** The lines that speak of events, each with its thread first. */
    List<String> eventLines() {
        return lines.stream().filter(line -> line.startsWith("events ")).toList();
    }

    @Override
    public void metadata(TraceMetadata metadata) {
        // A kind table is not compared by its kinds, so they stand beside it.
        String text = metadata.toString().replace(metadata.kinds().toString(), "");
        lines.add("metadata " + text + metadata.kinds().kinds());
    }

    @Override
    public void codeObjects(List<CodeObjectWrapper> codes) {
        StringBuilder text = new StringBuilder("codes");
        for (CodeObjectWrapper code : codes) {
            CodeRecord r = code.underlying();
            text.append(' ').append(code.index()).append('=').append(List.of(r.id(), r.parentIndex(), r.filename()));
            text.append(List.of(r.qualname(), r.name(), r.firstLine(), r.flags(), r.argCount()));
            text.append(List.of(r.positionalOnlyArgCount(), r.keywordOnlyArgCount(), r.codeLength()));
            text.append(r.lineTableFormat()).append(r.variableNames());
            text.append(HexFormat.of().formatHex(r.lineTable()));
            text.append('/').append(HexFormat.of().formatHex(r.digest()));
        }
        lines.add(text.toString());
    }

    @Override
    public void thread(TraceThread thread) {
        lines.add(thread.toString());
    }

    @Override
    public void frames(int thread, long time, int[] codes, int[] offsets) {
        lines.add("frames " + thread + " " + time + Arrays.toString(codes) + Arrays.toString(offsets));
    }

    @Override
    public void events(EventBlock block) {
        StringBuilder text = new StringBuilder("events ").append(block.thread());
        int time = 0;
        int destination = 0;
        for (int i = 0; i < block.size(); i++) {
            int number = block.kinds()[i];
            KindTable.Kind kind = block.kindTable().kind(number);
            text.append(' ').append(kind.name()).append(' ').append(block.codes()[i]);
            text.append(',').append(block.args()[i]);
            if (block.destined()[number]) {
                text.append('>').append(block.destinations()[destination++]);
            }
            if (block.timed()[number]) {
                text.append('@').append(block.times()[time++]);
            }
        }
        if (time != block.timeCount() || destination != block.destinationCount()) {
            throw new AssertionError("times or destinations that belong to no event");
        }
        text.append(Arrays.toString(block.countByKind()));
        events += block.size();
        lines.add(text.toString());
    }

    @Override
    public void mark(TraceMark mark) {
        lines.add(mark.toString());
    }

    @Override
    public void source(TraceSource source) {
        byte[] text = source.text();
        lines.add("source " + source.file() + " " + source.size() + " " + source.sha256() + " "
                + (text == null ? "-" : HexFormat.of().formatHex(text)));
    }

    @Override
    public void codeEnded(int[] codes) {
        lines.add("ended " + Arrays.toString(codes));
    }

    @Override
    public void failure(String message) {
        lines.add("failure " + message);
    }

    @Override
    public void end(long time) {
        lines.add("end " + time);
    }
}
