package dev.tracetool.format.nativetrace;

import dev.tracetool.trace.Damage;
import dev.tracetool.trace.EventBlock;
import dev.tracetool.trace.KindTable;
import dev.tracetool.trace.TraceVisitor;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * Decodes blocks of events in other threads and hands them to the visitor in the order of the file, in the thread that
 * reads. Memory is bounded: there are two batches more than decoding threads. Where the reading thread would have to
 * wait for a batch that nobody has begun to decode, it decodes it itself, so that all cores work whichever side is slower.
 */
final class BlockPipeline implements AutoCloseable {
    private final TraceVisitor visitor;
    private final Damage damage;
    private final KindTable table;
    private final EventDecoder own;
    private final int maxBatches;
    private final int workers;
    private final List<Thread> threads = new ArrayList<>();
    private final BlockingQueue<BlockBatch.Task> work = new LinkedBlockingQueue<>();
    private final ArrayDeque<BlockBatch> free = new ArrayDeque<>();
    private int batches;

    /** What is to be done in this order: batches of events, and calls to the visitor in between. */
    private final ArrayDeque<Object> queue = new ArrayDeque<>();

    private @Nullable BlockBatch filling;
    private long delivered;

    BlockPipeline(KindTable table, TraceVisitor visitor, Damage damage, int workers) {
        this.table = table;
        this.visitor = visitor;
        this.damage = damage;
        this.workers = workers;
        this.maxBatches = workers + 2;
        this.own = new EventDecoder(table, visitor.wantsTimes(), visitor.wantsOffsets());
    }

    /** Events that the visitor has got. */
    long delivered() {
        return delivered;
    }

    void events(Frame frame, byte[] payload, int codeLimit, @Nullable BitSet missing) throws IOException {
        BlockBatch batch = filling;
        if (batch != null && !batch.takes(codeLimit, missing)) {
            submit();
            batch = null;
        }
        if (batch == null) {
            batch = take();
            batch.reset(codeLimit, missing);
            filling = batch;
        }
        batch.add(frame, payload);
        if (batch.isFull()) {
            submit();
        }
    }

    /** Runs a call to the visitor after all events before it, and before all after it. */
    void inOrder(Runnable call) throws IOException {
        submit();
        if (queue.isEmpty()) {
            call.run();
        } else {
            queue.add(call);
        }
    }

    void drain() throws IOException {
        submit();
        while (!queue.isEmpty()) {
            deliverFirst();
        }
    }

    private void submit() throws IOException {
        BlockBatch batch = filling;
        if (batch == null) {
            return;
        }
        filling = null;
        queue.add(batch.task());
        if (workers > 0) {
            work.add(batch.task());
            if (threads.size() < workers) {
                startWorker();
            }
        }
        while (queue.peek() instanceof BlockBatch.Task first && first.isDone()) {
            deliverFirst();
        }
    }

    private BlockBatch take() throws IOException {
        if (free.isEmpty() && batches < maxBatches) {
            batches++;
            return new BlockBatch(table);
        }
        while (free.isEmpty()) {
            deliverFirst();
        }
        return free.remove();
    }

    private void deliverFirst() throws IOException {
        Object first = queue.remove();
        if (first instanceof Runnable call) {
            call.run();
        } else if (first instanceof BlockBatch.Task task) {
            task.runIfUnclaimed(own);
            try {
                task.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("interrupted while reading a trace");
            }
            deliver(task.batch());
            free.add(task.batch());
        }
    }

    private void deliver(BlockBatch batch) {
        for (int i = 0; i < batch.size(); i++) {
            MalformedBlockException error = batch.errors[i];
            if (error == null) {
                EventBlock block = batch.blocks[i];
                delivered += block.size();
                visitor.events(block);
            } else {
                Frame frame = batch.frames[i];
                damage.add(
                        frame.payloadAt() + error.at(),
                        String.valueOf(error.getMessage()),
                        frame.end() - frame.offset(),
                        1,
                        claimedEvents(batch.payloads[i]));
            }
        }
    }

    /** Events that a block which could not be decoded says it has, if its head holds. */
    private long claimedEvents(byte[] payload) {
        try {
            return EventHeader.read(payload, table).events;
        } catch (MalformedBlockException e) {
            return 0;
        }
    }

    private void startWorker() {
        Thread thread = new Thread(this::work, "tracetool-decode-" + threads.size());
        thread.setDaemon(true);
        threads.add(thread);
        thread.start();
    }

    private void work() {
        try (EventDecoder decoder = new EventDecoder(table, visitor.wantsTimes(), visitor.wantsOffsets())) {
            while (true) {
                work.take().runIfUnclaimed(decoder);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the pass is over
        }
    }

    @Override
    public void close() {
        threads.forEach(Thread::interrupt);
        for (Thread thread : threads) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                break;
            }
        }
        own.close();
    }
}
