/**
 * What ran, where, how often and for how long. Each analysis takes a trace as a {@link
 * dev.tracetool.trace.TraceVisitor}, and merges with the same analysis of another trace. Memory is bounded by code
 * objects, lines and threads, never by events.
 */
@NullMarked
package dev.tracetool.analysis;

import org.jspecify.annotations.NullMarked;
