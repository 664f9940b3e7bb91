package dev.tracetool.code;

import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * The code objects of one recorded process by their {@code id}: each is wrapped exactly once, whoever asks, from however
 * many threads, so that what a wrapper has decoded is decoded for all of them. Looking up waits for no lock.
 *
 * <p>An id is an address: after a code object has died, another one can have it. Whoever learns of the end (the trace
 * has a mark for it) calls {@link #remove}; the next code object under that id then gets a wrapper of its own.
 */
public final class CodeObjectRegistry {
    private final ConcurrentMap<Long, CodeObjectWrapper> byId;

    private CodeObjectRegistry(ConcurrentMap<Long, CodeObjectWrapper> byId) {
        this.byId = byId;
    }

    /** Keeps every code object until it is removed: right for a trace, whose table of code objects fits in memory. */
    public static CodeObjectRegistry unbounded() {
        return new CodeObjectRegistry(new ConcurrentHashMap<>());
    }

    /**
     * Keeps about {@code maximum} code objects, those asked for often and lately (the policy is Caffeine's W-TinyLFU):
     * for streams without end. A code object that was pushed out gets a new wrapper when it comes again: decoded again, but
     * never wrong. While one is being pushed out, there can be a few more than the maximum.
     */
    public static CodeObjectRegistry bounded(int maximum) {
        if (maximum < 1) {
            throw new IllegalArgumentException("maximum " + maximum + " is less than 1");
        }
        return new CodeObjectRegistry(Caffeine.newBuilder()
                .maximumSize(maximum)
                .executor(Runnable::run) // Whoever inserts makes room; no thread of ours outlives the caller.
                .<Long, CodeObjectWrapper>build()
                .asMap());
    }

    /**
     * Keeps a code object only while somebody else holds its wrapper: for streams without end whose consumer keeps what it
     * needs. {@link #size} may count wrappers that nobody holds any more.
     */
    public static CodeObjectRegistry weak() {
        return new CodeObjectRegistry(Caffeine.newBuilder()
                .weakValues()
                .executor(Runnable::run)
                .<Long, CodeObjectWrapper>build()
                .asMap());
    }

    /**
     * The wrapper of the code object that has the record's id now; made from the arguments if there is none.
     *
     * <p>An id of 0 means unknown and tells nothing apart: such a record gets a new wrapper each time, which is not kept.
     *
     * @param index dense index in the trace's code-object table, for a new wrapper
     */
    public CodeObjectWrapper getOrInsert(int index, CodeRecord rec) {
        long id = rec.id();
        if (id == 0) {
            return new CodeObjectWrapper(index, rec);
        }
        // Asked first, because computeIfAbsent may lock the bin even where the key is present.
        CodeObjectWrapper present = byId.get(id);
        return present != null ? present : byId.computeIfAbsent(id, absent -> new CodeObjectWrapper(index, rec));
    }

    /** The wrapper of the code object that has the id now, or null. */
    public @Nullable CodeObjectWrapper get(long id) {
        return byId.get(id);
    }

    /**
     * Ends the code object that has the id now, whose wrapper goes on working for those who hold it.
     *
     * @return whether there was one
     */
    public boolean remove(long id) {
        return byId.remove(id) != null;
    }

    public void clear() {
        byId.clear();
    }

    public int size() {
        return byId.size();
    }
}
