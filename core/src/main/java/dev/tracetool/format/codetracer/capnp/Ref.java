package dev.tracetool.format.codetracer.capnp;

/** What a pointer points to; filled anew by {@link Message#resolve}, so that reading makes no objects. */
final class Ref {
    static final int NULL = 0;
    static final int STRUCT = 1;
    static final int LIST = 2;

    /** An element of a list that is a struct. */
    static final int COMPOSITE = 7;

    int kind;
    int segment;

    /** Index of the first word: of the data of a struct, of the first element of a list. */
    long at;

    /** Words of data of the struct, or of each element. */
    int dataWords;

    /** Pointers of the struct, or of each element. */
    int pointers;

    /** Of a list: 0 nothing, 1 bits, 2 to 5 numbers of 1, 2, 4, 8 bytes, 6 pointers, {@link #COMPOSITE}. */
    int elementSize;

    /** Number of elements. */
    long count;
}
