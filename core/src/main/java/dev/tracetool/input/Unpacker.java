package dev.tracetool.input;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdIOException;
import com.github.luben.zstd.ZstdInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;
import org.jspecify.annotations.Nullable;
import org.tukaani.xz.MemoryLimitException;
import org.tukaani.xz.XZInputStream;

/** Opens what is compressed. All these formats may consist of several parts, one after the other. */
final class Unpacker {
    private static final int SKIPPED = 1 << 13;

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
        ZstdWindow window = new ZstdWindow(limits.decoderMemory());
        ZstdInputStream zstd = new ZstdInputStream(window.noting(in));
        zstd.setLongMax(window.log());
        return new FilterInputStream(zstd) {
            @Override
            public int read() throws IOException {
                byte[] one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
            }

            @Override
            public int read(byte[] target, int offset, int length) throws IOException {
                try {
                    return in.read(target, offset, length);
                } catch (ZstdIOException e) {
                    throw e.getErrorCode() == Zstd.errFrameParameterWindowTooLarge() ? window.tooLarge(e) : e;
                }
            }

            @Override
            public long skip(long bytes) throws IOException {
                // Read, so that its errors are told in the same way.
                byte[] skipped = new byte[(int) Math.max(0, Math.min(bytes, SKIPPED))];
                return Math.max(0, read(skipped, 0, skipped.length));
            }
        };
    }

    /** The error of a decompressor that was not given the memory that it asked for; null if it is another one. */
    static @Nullable LimitException limit(String name, Exception error) {
        if (error instanceof MemoryLimitException memory) {
            return new LimitException(
                    name,
                    "needs " + Budget.number(memory.getMemoryNeeded()) + " KiB of memory to unpack; "
                            + Budget.number(memory.getMemoryLimit()) + " KiB is the limit");
        }
        if (error instanceof ZstdWindow.TooLargeException window) {
            return new LimitException(name, String.valueOf(window.getMessage()));
        }
        return null;
    }
}
