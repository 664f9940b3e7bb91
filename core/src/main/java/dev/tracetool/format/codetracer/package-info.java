/**
 * What CodeTracer's recorders write: their records, and the one way from these to events. One package beneath for each
 * encoding: it passes records to a {@link dev.tracetool.format.codetracer.RecordSink}, and knows nothing of what they mean.
 */
@NullMarked
package dev.tracetool.format.codetracer;

import org.jspecify.annotations.NullMarked;
