package dev.tracetool.input;

/**
 * What an archive or another packed file may hold, so that a small one, or a pipe without end, cannot fill memory, disk or
 * time. All but the last count for an archive as a whole, with the archives in it.
 *
 * @param ratio times its own size that it may unpack to, and {@code slack} bytes more: traces are compressed already
 * @param slack bytes that the smallest archive may unpack to
 * @param total bytes that it may unpack to, however large it is
 * @param entries number of files, folders and links in it
 * @param depth archives in each other: 1 is an archive, 2 an archive in an archive
 * @param decoderMemory bytes that its decompressor may ask for
 * @param companions bytes of the small files beside its traces, which are kept in memory
 * @param spool bytes of what comes through a pipe, or of an entry that has to be unpacked, since they may have to be kept in
 *     a temporary file
 */
public record InputLimits(
        long ratio, long slack, long total, int entries, int depth, long decoderMemory, long companions, long spool) {
    public static final InputLimits DEFAULT =
            new InputLimits(100, 256L << 20, 64L << 30, 100_000, 2, 256L << 20, 64L << 20, 4L << 30);

    /** None but that of depth, since an archive can hold itself. */
    public static final InputLimits NONE = new InputLimits(
            Long.MAX_VALUE,
            Long.MAX_VALUE,
            Long.MAX_VALUE,
            Integer.MAX_VALUE,
            16,
            Long.MAX_VALUE,
            Long.MAX_VALUE,
            Long.MAX_VALUE);

    /** Bytes that an archive of so many bytes may unpack to by its ratio. */
    long unpacked(long packed) {
        if (slack == Long.MAX_VALUE || packed > (Long.MAX_VALUE - slack) / ratio) {
            return Long.MAX_VALUE;
        }
        return slack + packed * ratio;
    }
}
