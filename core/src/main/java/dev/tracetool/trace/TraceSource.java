package dev.tracetool.trace;

import org.jspecify.annotations.Nullable;

/**
 * A source file as it was when the recorder first saw code of it.
 *
 * @param file the name as it stands in the code objects, hostile text
 * @param size in bytes
 * @param sha256 of its bytes, 64 lower-case hexadecimal digits, as <i>sha256sum</i> prints them
 * @param text its bytes, whose encoding they declare themselves (PEP 263), or null where the trace does not carry them
 */
public record TraceSource(String file, long size, String sha256, byte @Nullable [] text) {}
