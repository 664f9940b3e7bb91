package dev.tracetool.code.bench;

import dev.tracetool.code.CodeObjectRegistry;
import dev.tracetool.code.CodeObjectWrapper;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;

/** Looking up one of 10,000 code objects that are there, by id; from one thread and from two. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@State(Scope.Benchmark)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class RegistryBenchmark {
    private static final int CODES = 10_000;

    @Param({"unbounded", "bounded", "weak"})
    public String kind = "";

    private CodeObjectRegistry registry = CodeObjectRegistry.unbounded();
    private final CodeObjectWrapper[] held = SampleTables.codeObjects(CODES);

    /** Which one is asked for next; each thread its own. */
    @State(Scope.Thread)
    public static class Order {
        private final int[] order = new Random(3).ints(65_536, 0, CODES).toArray();
        private int at;

        int next() {
            at = (at + 1) & 0xffff;
            return order[at];
        }
    }

    @Setup
    public void insertAll() {
        registry = switch (kind) {
            case "bounded" -> CodeObjectRegistry.bounded(2 * CODES);
            case "weak" -> CodeObjectRegistry.weak();
            default -> CodeObjectRegistry.unbounded();
        };
        for (int i = 0; i < CODES; i++) {
            held[i] = registry.getOrInsert(i, held[i].underlying());
        }
    }

    @Benchmark
    public @Nullable CodeObjectWrapper get(Order order) {
        return registry.get(16L * (order.next() + 1));
    }

    @Benchmark
    @Threads(2)
    public @Nullable CodeObjectWrapper getFromTwoThreads(Order order) {
        return registry.get(16L * (order.next() + 1));
    }

    @Benchmark
    public CodeObjectWrapper getOrInsert(Order order) {
        int next = order.next();
        return registry.getOrInsert(next, held[next].underlying());
    }
}
