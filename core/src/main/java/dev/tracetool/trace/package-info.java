/**
 * What a recorded execution is, whatever its file: metadata, threads, code objects, blocks of events, marks. A {@link
 * dev.tracetool.trace.Trace} is read by a {@link dev.tracetool.trace.TraceVisitor}, block by block, or replayed event by
 * event to a {@link dev.tracetool.trace.Tracer}.
 */
@NullMarked
package dev.tracetool.trace;

import org.jspecify.annotations.NullMarked;
