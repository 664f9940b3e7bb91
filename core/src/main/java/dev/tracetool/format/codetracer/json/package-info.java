/** CodeTracer's records as a JSON array: {@code trace.json}. */
@NullMarked
package dev.tracetool.format.codetracer.json;

import org.jspecify.annotations.NullMarked;
