package dev.tracetool.format.nativetrace;

import com.github.luben.zstd.Zstd;
import java.util.Arrays;
import java.util.zip.Deflater;

/** Makes packed sections. */
final class Packer {
    private final Compression compression;

    Packer(Compression compression) {
        this.compression = compression;
    }

    /** A section with its header; stored where compression does not help. */
    void pack(byte[] raw, PayloadBuilder to) {
        if (raw.length > Layout.MAX_RAW) {
            throw new IllegalArgumentException("a section of " + raw.length + " bytes");
        }
        byte[] packed = switch (compression) {
            case STORED -> raw;
            case ZLIB -> deflate(raw);
            case ZSTD -> Zstd.compress(raw, 3);
        };
        int codec = switch (compression) {
            case STORED -> Layout.CODEC_STORED;
            case ZLIB -> Layout.CODEC_ZLIB;
            case ZSTD -> Layout.CODEC_ZSTD;
        };
        if (packed.length >= raw.length) {
            packed = raw;
            codec = Layout.CODEC_STORED;
        }
        to.u8(codec)
                .number(0, 1)
                .number(0, 2)
                .u32(raw.length)
                .u32(packed.length)
                .bytes(packed);
    }

    private static byte[] deflate(byte[] raw) {
        Deflater deflater = new Deflater(Deflater.BEST_SPEED);
        try {
            deflater.setInput(raw);
            deflater.finish();
            byte[] target = new byte[raw.length + 64];
            int size = 0;
            while (!deflater.finished()) {
                if (size == target.length) {
                    target = Arrays.copyOf(target, 2 * size);
                }
                size += deflater.deflate(target, size, target.length - size);
            }
            return Arrays.copyOf(target, size);
        } finally {
            deflater.end();
        }
    }
}
