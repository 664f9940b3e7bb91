package dev.tracetool.trace;

import dev.tracetool.code.CodeObjectWrapper;
import java.util.List;

/**
 * Receives a trace in one pass, in the order of the file. Calls come from one thread at a time, each happening before
 * the next. Code objects and threads come before anything that names them.
 */
public interface TraceVisitor {
    /** Whether {@link #events} is wanted at all; if not, events are not even decompressed. Asked once, at the start. */
    default boolean wantsEvents() {
        return true;
    }

    /** Whether times of events are wanted; if not, a block can come without them. Asked once, at the start. */
    default boolean wantsTimes() {
        return true;
    }

    /**
     * Whether offsets and destinations of events are wanted; if not, a block can come with zeros in their place. Lines come
     * in any case. Asked once, at the start.
     */
    default boolean wantsOffsets() {
        return true;
    }

    /** Once, before everything else. */
    default void metadata(TraceMetadata metadata) {}

    /** New code objects; the index of each is its {@link CodeObjectWrapper#index()}, without gaps except by damage. */
    default void codeObjects(List<CodeObjectWrapper> codes) {}

    /** A new thread, or a known one with a new name. */
    default void thread(TraceThread thread) {}

    /**
     * The stack that the thread has from here on.
     *
     * @param codes code indices, outermost first
     * @param offsets byte offsets in these
     */
    default void frames(int thread, long time, int[] codes, int[] offsets) {}

    /** Events; the block is valid only during the call. */
    default void events(EventBlock block) {}

    default void mark(TraceMark mark) {}

    /**
     * What a source file was when it was recorded; once for each file, before its code objects. Files of which nothing is
     * known have none. In a trace that was put together of parts a file can come again; the first one counts.
     */
    default void source(TraceSource source) {}

    /** The {@code id} of these code objects can belong to others from here on. Their indices stay valid. */
    default void codeEnded(int[] codes) {}

    /** The recorder stopped because of a failure of its own. */
    default void failure(String message) {}

    /** The recording was closed at this clock reading, in nanoseconds. Not called for one that was cut off. */
    default void end(long time) {}
}
