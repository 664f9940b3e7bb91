package dev.tracetool.format.codetracer.ctfs;

import dev.tracetool.input.InputBytes;
import java.io.IOException;

/**
 * Finds the blocks of one internal file. Its mapping blocks form a chain, each link of which maps more than the one
 * before:
 *
 * <pre>
 * mapping block of level 1:   N-1 numbers of data blocks,                 number of the first block of level 2
 * of level k:                 N-1 numbers of mapping blocks of level k-1, number of the first block of level k+1
 *                             N = block size / 8, at most 5 levels; 0 is no block
 * </pre>
 *
 * <p>The numbers of the mapping block of level 1 that was used last are kept, so that reading from front to back reads
 * each mapping block about once. A walk takes at most 10 reads, whatever the numbers say.
 */
final class BlockMap implements Placement {
    private static final int LEVELS = 5;

    private final InputBytes container;
    private final int blockSize;

    /** Numbers of blocks in a mapping block, the link to the next level apart. */
    private final int usable;

    private final long root;

    /** Where that stands. */
    private final long rootAt;

    private final byte[] buffer;

    /** What the kept mapping block maps; none at first. */
    private final long[] kept;

    private long keptFrom = -1;

    private long keptAt;

    /**
     * @param root number of the first mapping block; 0 is damage that shows on the first use
     * @param rootAt byte position of that number
     */
    BlockMap(InputBytes container, int blockSize, long root, long rootAt) {
        this.container = container;
        this.blockSize = blockSize;
        this.usable = blockSize / 8 - 1;
        this.root = root;
        this.rootAt = rootAt;
        this.buffer = new byte[blockSize];
        this.kept = new long[usable];
    }

    @Override
    public long place(long position) throws IOException, MalformedContainerException {
        long index = position / blockSize;
        int within = (int) (position % blockSize);
        if (keptFrom < 0 || index < keptFrom || index >= keptFrom + usable) {
            find(index);
        }
        int slot = (int) (index - keptFrom);
        long at = keptAt + 8L * slot;
        long block = kept[slot];
        if (block <= 0 || block >= Long.MAX_VALUE / blockSize) {
            throw new MalformedContainerException(at, "expected the number of a block, found " + text(block));
        }
        long place = block * blockSize + within;
        if (place >= container.size()) {
            throw cut(at, block);
        }
        return place;
    }

    @Override
    public long together(long position) {
        int within = (int) (position % blockSize);
        long rest = (long) blockSize - within;
        // Blocks that follow each other in the container too are read in one go.
        long first = position / blockSize - keptFrom;
        for (int slot = (int) first + 1; slot < usable && kept[slot] == kept[slot - 1] + 1; slot++) {
            rest += blockSize;
        }
        return rest;
    }

    /** Keeps the mapping block of level 1 that has the data block of an index. */
    private void find(long index) throws IOException, MalformedContainerException {
        keptFrom = -1;
        long within = index;
        long covered = usable;
        long block = root;
        int level = 1;
        long at = rootAt;
        while (within >= covered) {
            within -= covered;
            if (++level > LEVELS) {
                throw new MalformedContainerException(
                        rootAt, "expected a file of at most 5 levels of blocks, found more");
            }
            covered *= usable;
            at = position(block, at) + 8L * usable;
            block = number(at);
        }
        long slotInLevel = within;
        while (level > 1) {
            covered /= usable;
            at = position(block, at) + 8L * (slotInLevel / covered);
            block = number(at);
            slotInLevel %= covered;
            level--;
        }
        keptAt = position(block, at);
        container.read(keptAt, buffer, 0, 8 * usable);
        for (int i = 0; i < usable; i++) {
            kept[i] = LittleEndian.i64(buffer, 8 * i);
        }
        keptFrom = index - slotInLevel;
    }

    /** Where a mapping block begins, all of which is there. */
    private long position(long block, long at) throws MalformedContainerException {
        if (block <= 0 || block >= Long.MAX_VALUE / blockSize) {
            throw new MalformedContainerException(at, "expected the number of a mapping block, found " + text(block));
        }
        long position = block * blockSize;
        if (position > container.size() - blockSize) {
            throw cut(at, block);
        }
        return position;
    }

    private long number(long at) throws IOException {
        container.read(at, buffer, 0, 8);
        return LittleEndian.i64(buffer, 0);
    }

    private MalformedContainerException cut(long at, long block) {
        return new MalformedContainerException(
                at, "expected a block below " + container.size() / blockSize + ", found " + text(block));
    }

    private static String text(long number) {
        return Long.toUnsignedString(number);
    }
}
