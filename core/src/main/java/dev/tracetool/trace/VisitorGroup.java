package dev.tracetool.trace;

import dev.tracetool.code.CodeObjectWrapper;
import java.util.List;

/** Several visitors that share one pass. A block comes with what any of them wants, so each has to leave it as it is. */
public final class VisitorGroup implements TraceVisitor {
    private final TraceVisitor[] visitors;

    public VisitorGroup(TraceVisitor... visitors) {
        this.visitors = visitors.clone();
    }

    @Override
    public boolean wantsEvents() {
        boolean wanted = false;
        for (TraceVisitor visitor : visitors) {
            wanted |= visitor.wantsEvents();
        }
        return wanted;
    }

    @Override
    public boolean wantsTimes() {
        boolean wanted = false;
        for (TraceVisitor visitor : visitors) {
            wanted |= visitor.wantsEvents() && visitor.wantsTimes();
        }
        return wanted;
    }

    @Override
    public boolean wantsOffsets() {
        boolean wanted = false;
        for (TraceVisitor visitor : visitors) {
            wanted |= visitor.wantsEvents() && visitor.wantsOffsets();
        }
        return wanted;
    }

    @Override
    public void metadata(TraceMetadata metadata) {
        for (TraceVisitor visitor : visitors) {
            visitor.metadata(metadata);
        }
    }

    @Override
    public void codeObjects(List<CodeObjectWrapper> codes) {
        for (TraceVisitor visitor : visitors) {
            visitor.codeObjects(codes);
        }
    }

    @Override
    public void thread(TraceThread thread) {
        for (TraceVisitor visitor : visitors) {
            visitor.thread(thread);
        }
    }

    @Override
    public void frames(int thread, long time, int[] codes, int[] offsets) {
        for (TraceVisitor visitor : visitors) {
            visitor.frames(thread, time, codes, offsets);
        }
    }

    @Override
    public void events(EventBlock block) {
        for (TraceVisitor visitor : visitors) {
            if (visitor.wantsEvents()) {
                visitor.events(block);
            }
        }
    }

    @Override
    public void mark(TraceMark mark) {
        for (TraceVisitor visitor : visitors) {
            visitor.mark(mark);
        }
    }

    @Override
    public void source(TraceSource source) {
        for (TraceVisitor visitor : visitors) {
            visitor.source(source);
        }
    }

    @Override
    public void codeEnded(int[] codes) {
        for (TraceVisitor visitor : visitors) {
            visitor.codeEnded(codes);
        }
    }

    @Override
    public void failure(String message) {
        for (TraceVisitor visitor : visitors) {
            visitor.failure(message);
        }
    }

    @Override
    public void end(long time) {
        for (TraceVisitor visitor : visitors) {
            visitor.end(time);
        }
    }
}
