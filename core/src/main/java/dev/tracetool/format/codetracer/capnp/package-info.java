/** CodeTracer's records as one packed Cap'n Proto message: {@code trace.bin} version 0. */
@NullMarked
package dev.tracetool.format.codetracer.capnp;

import org.jspecify.annotations.NullMarked;
