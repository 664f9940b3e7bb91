/** CodeTracer's records as CBOR items, one after the other; and such a stream in zstd: {@code trace.bin} version 1. */
@NullMarked
package dev.tracetool.format.codetracer.cbor;

import org.jspecify.annotations.NullMarked;
