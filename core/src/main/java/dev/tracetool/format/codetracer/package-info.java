/**
 * What CodeTracer's recorders write: their records, and the one way from these to events. One package beneath for each
 * encoding.
 */
@NullMarked
package dev.tracetool.format.codetracer;

import org.jspecify.annotations.NullMarked;
