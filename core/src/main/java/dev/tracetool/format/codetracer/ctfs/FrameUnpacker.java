package dev.tracetool.format.codetracer.ctfs;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdException;
import dev.tracetool.input.LimitException;
import dev.tracetool.input.UnpackedBytes;

/** Unpacks zstd frames that are held whole, and counts what comes out of them. What it needs for that is made once. */
final class FrameUnpacker implements AutoCloseable {
    private final ZstdDecompressCtx context = new ZstdDecompressCtx();
    private final UnpackedBytes unpacked;
    private int length;

    FrameUnpacker(UnpackedBytes unpacked) {
        this.unpacked = unpacked;
    }

    /**
     * Unpacks a frame.
     *
     * @param from where in {@code packed} it begins
     * @param size bytes that it has
     * @param target is used if it is large enough
     * @param most bytes that there can be
     * @param padding bytes that are to be left behind them
     * @param position of the frame in the container, for errors
     * @return where the content is, {@link #length} bytes
     * @throws LimitException if all frames come to more than the limits of the input allow
     */
    byte[] unpack(byte[] packed, int from, int size, byte[] target, int most, int padding, long position)
            throws MalformedContainerException, LimitException {
        length = 0;
        if (size == 0) {
            throw new MalformedContainerException(position, "expected a zstd frame, found a chunk of 0 bytes");
        }
        long claimed = Zstd.getFrameContentSize(packed, from, size);
        if (claimed > most) {
            throw tooLarge(most, claimed, position);
        }
        // A frame need not say how large its content is.
        int room = claimed > 0 ? (int) claimed : (int) Math.min(most, Math.max(target.length - padding, 4L * size));
        byte[] into = target;
        while (true) {
            if (into.length < room + padding) {
                into = new byte[room + padding];
            }
            try {
                length = context.decompressByteArray(into, 0, room, packed, from, size);
                unpacked.add(length);
                return into;
            } catch (ZstdException e) {
                if (e.getErrorCode() != Zstd.errDstSizeTooSmall() || claimed > 0) {
                    throw new MalformedContainerException(
                            position, "expected a zstd frame, found damage: " + e.getMessage());
                }
            }
            if (room == most) {
                throw tooLarge(most, room + 1L, position);
            }
            room = (int) Math.min(most, 2L * room);
        }
    }

    private static MalformedContainerException tooLarge(int most, long found, long position) {
        return new MalformedContainerException(
                position, "expected at most " + most + " bytes in a chunk, found " + found);
    }

    int length() {
        return length;
    }

    @Override
    public void close() {
        context.close();
    }
}
