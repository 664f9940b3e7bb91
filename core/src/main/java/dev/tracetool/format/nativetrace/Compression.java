package dev.tracetool.format.nativetrace;

/** How a writer compresses the packed sections of a trace. */
public enum Compression {
    STORED,
    ZLIB,
    ZSTD
}
