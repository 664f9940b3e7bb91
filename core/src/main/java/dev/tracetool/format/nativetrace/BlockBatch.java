package dev.tracetool.format.nativetrace;

import dev.tracetool.trace.EventBlock;
import dev.tracetool.trace.KindTable;
import java.util.BitSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * A few E blocks that are decoded by one thread in one go: handing over each block by itself would cost as much as
 * decoding it.
 */
final class BlockBatch {
    static final int MAX_BLOCKS = 8;

    /** A batch takes no more blocks after this many ops; a block has at most {@link Layout#MAX_OPS}. */
    static final int MAX_BATCH_OPS = 1 << 17;

    /** Blocks that grew beyond this are not kept for the next batch. */
    private static final int KEPT_OPS = 1 << 15;

    private final KindTable table;
    final Frame[] frames = new Frame[MAX_BLOCKS];
    final byte[][] payloads = new byte[MAX_BLOCKS][];
    final EventBlock[] blocks = new EventBlock[MAX_BLOCKS];
    final @Nullable MalformedBlockException[] errors = new MalformedBlockException[MAX_BLOCKS];
    private Task task = new Task(this);
    private int size;
    private long ops;
    private int codeLimit;
    private @Nullable BitSet missing;

    BlockBatch(KindTable table) {
        this.table = table;
        for (int i = 0; i < MAX_BLOCKS; i++) {
            blocks[i] = new EventBlock(table);
        }
    }

    /** Empties the batch for blocks that may name code objects below the limit. */
    void reset(int codeLimit, @Nullable BitSet missing) {
        for (int i = 0; i < size; i++) {
            if (blocks[i].opCount() > KEPT_OPS) {
                blocks[i] = new EventBlock(table);
            }
        }
        size = 0;
        ops = 0;
        this.codeLimit = codeLimit;
        this.missing = missing;
        task = new Task(this);
    }

    int size() {
        return size;
    }

    boolean isFull() {
        return size == MAX_BLOCKS || ops >= MAX_BATCH_OPS;
    }

    /** Whether blocks that may name these code objects can still be put in. */
    boolean takes(int limit, @Nullable BitSet missingNow) {
        return !isFull() && codeLimit == limit && missing == missingNow;
    }

    void add(Frame frame, byte[] payload) {
        frames[size] = frame;
        payloads[size] = payload;
        size++;
        ops += Layout.u32(payload, 4);
    }

    /** What is done with the batch after {@link #reset}: new for each filling, so that a late worker finds it claimed. */
    Task task() {
        return task;
    }

    /** Decodes one filling of a batch, in whichever thread comes first. */
    static final class Task {
        private final BlockBatch batch;
        private final AtomicBoolean claimed = new AtomicBoolean();
        private final CountDownLatch done = new CountDownLatch(1);
        private @Nullable Throwable failure;

        private Task(BlockBatch batch) {
            this.batch = batch;
        }

        BlockBatch batch() {
            return batch;
        }

        /** Decodes the batch, unless another thread has begun to. */
        void runIfUnclaimed(EventDecoder decoder) {
            if (!claimed.compareAndSet(false, true)) {
                return;
            }
            try {
                batch.decode(decoder);
            } catch (RuntimeException | Error e) {
                failure = e;
            } finally {
                done.countDown();
            }
        }

        boolean isDone() {
            return done.getCount() == 0;
        }

        /** Waits until the batch is decoded; throws what went wrong. */
        void await() throws InterruptedException {
            done.await();
            if (failure instanceof RuntimeException e) {
                throw e;
            }
            if (failure instanceof Error e) {
                throw e;
            }
        }
    }

    private void decode(EventDecoder decoder) {
        for (int i = 0; i < size; i++) {
            errors[i] = null;
            try {
                decoder.decode(payloads[i], blocks[i], codeLimit, missing);
            } catch (MalformedBlockException e) {
                errors[i] = e;
            }
        }
    }
}
