package dev.tracetool.format.codetracer.json;

import dev.tracetool.trace.TraceThread;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Ids of threads in a file that is being written: the system's, as far as no other thread has had them. */
final class ThreadIds {
    private final Map<Integer, TraceThread> threads = new HashMap<>();
    private final Map<Integer, Long> ids = new HashMap<>();
    private final Set<Long> taken = new HashSet<>();

    /** The ids that threads have, which no other is given. */
    private final Set<Long> systemIds = new HashSet<>();

    private long others;

    void add(TraceThread thread) {
        threads.put(thread.number(), thread);
        systemIds.add(thread.systemId());
    }

    /** The id of a thread, always the same. */
    long of(int number) {
        Long known = ids.get(number);
        if (known != null) {
            return known;
        }
        TraceThread thread = threads.get(number);
        long id = thread == null ? 0 : thread.systemId();
        if (id <= 0 || !taken.add(id)) {
            others += id == 0 ? 0 : 1;
            id = number;
            while (systemIds.contains(id) || !taken.add(id)) {
                id++;
            }
        }
        ids.put(number, id);
        return id;
    }

    /** The numbers of all threads that were told of, ascending. */
    int[] numbers() {
        return threads.keySet().stream().mapToInt(Integer::intValue).sorted().toArray();
    }

    /** Whether the id of a thread is one that it has in what is read. */
    boolean isKnown(int number) {
        TraceThread thread = threads.get(number);
        return thread != null && thread.systemId() > 0;
    }

    /** How many threads got another id than the system's, because another one has had that. */
    long others() {
        return others;
    }

    /** How many threads have names. */
    long named() {
        return threads.values().stream()
                .filter(thread -> !thread.name().isEmpty())
                .count();
    }
}
