package dev.tracetool.input;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdIOException;
import com.github.luben.zstd.ZstdInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;
import org.jspecify.annotations.Nullable;
import org.tukaani.xz.MemoryLimitException;
import org.tukaani.xz.XZInputStream;

/** Opens what is compressed. All these formats may consist of several parts, one after the other. */
final class Unpacker {
    private Unpacker() {}

    /**
     * @param in buffered; closed with the result, and on failure
     */
    static InputStream open(Packing packing, InputStream in, InputLimits limits) throws IOException {
        try {
            return decoder(packing, in, limits);
        } catch (IOException | RuntimeException e) {
            in.close();
            throw e;
        }
    }

    private static InputStream decoder(Packing packing, InputStream in, InputLimits limits) throws IOException {
        return switch (packing) {
            case GZIP ->
                GzipCompressorInputStream.builder()
                        .setInputStream(in)
                        .setDecompressConcatenated(true)
                        .get();
            case BZIP2 -> new BZip2CompressorInputStream(in, true);
            case XZ -> new XZInputStream(in, (int) Math.min(limits.decoderMemory() >> 10, Integer.MAX_VALUE));
            case ZSTD -> zstd(in, limits);
            default -> in;
        };
    }

    private static InputStream zstd(InputStream in, InputLimits limits) throws IOException {
        ZstdInputStream zstd = new ZstdInputStream(in);
        // A window is a power of two, and no more than half of the memory that may be taken.
        int log = 62 - Long.numberOfLeadingZeros(limits.decoderMemory());
        zstd.setLongMax(Math.max(10, Math.min(log, 31)));
        return zstd;
    }

    /** The error of a decompressor that was not given the memory that it asked for; null if it is another one. */
    static @Nullable LimitException limit(String name, Exception error) {
        if (error instanceof MemoryLimitException memory) {
            return new LimitException(
                    name,
                    "needs " + Budget.number(memory.getMemoryNeeded()) + " KiB of memory to unpack; "
                            + Budget.number(memory.getMemoryLimit()) + " KiB is the limit");
        }
        if (error instanceof ZstdIOException zstd && zstd.getErrorCode() == Zstd.errFrameParameterWindowTooLarge()) {
            return new LimitException(name, "needs more memory to unpack than is the limit");
        }
        return null;
    }
}
