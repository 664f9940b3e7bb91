package dev.tracetool.source;

import org.jspecify.annotations.Nullable;

/**
 * What a trace says of the source of a file.
 *
 * @param file {@code co_filename}: hostile text
 * @param digest of its bytes, as hexadecimal digits: BLAKE2b of {@value Blake2b#DIGEST_BYTES} bytes; empty if unknown
 * @param content the bytes themselves, or null if they are not in the trace
 */
@SuppressWarnings("ArrayRecordComponent") // Handed on, never compared.
public record RecordedSource(String file, String digest, byte @Nullable [] content) {}
