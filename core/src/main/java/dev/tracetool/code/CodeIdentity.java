package dev.tracetool.code;

/**
 * What a code object is across traces, where its {@code id} means nothing.
 *
 * @param digest 32 hexadecimal digits of the digest of the bytecode, its tables, constants and names; empty if unknown
 */
public record CodeIdentity(String filename, String qualname, int firstLine, String digest) {}
