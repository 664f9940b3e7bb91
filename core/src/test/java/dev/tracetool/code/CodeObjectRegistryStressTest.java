package dev.tracetool.code;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tracetool.testing.FakeCodeRecord;
import java.lang.ref.Reference;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Fails in the first rounds if {@code getOrInsert} looks up and then puts in two steps. */
class CodeObjectRegistryStressTest {
    private static final int THREADS = 8;

    static Stream<Supplier<CodeObjectRegistry>> all() {
        return Stream.of(
                CodeObjectRegistry::unbounded, () -> CodeObjectRegistry.bounded(10_000), CodeObjectRegistry::weak);
    }

    @ParameterizedTest
    @MethodSource("all")
    void all_threads_get_the_same_wrapper(Supplier<CodeObjectRegistry> registries) throws Exception {
        int codes = 200;
        for (int round = 0; round < 15; round++) {
            CodeObjectRegistry registry = registries.get();
            List<List<CodeObjectWrapper>> seen = Together.run(THREADS, thread -> {
                List<CodeObjectWrapper> mine = new ArrayList<>();
                for (int i = 0; i < codes; i++) {
                    mine.add(registry.getOrInsert(i, new CountingRecord(FakeCodeRecord.of(16L * (i + 1)))));
                }
                return mine;
            });
            for (List<CodeObjectWrapper> wrappers : seen) {
                for (int i = 0; i < codes; i++) {
                    assertSame(seen.get(0).get(i), wrappers.get(i));
                    assertSame(wrappers.get(i), registry.get(16L * (i + 1)));
                }
            }
            assertEquals(codes, registry.size());
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void ids_that_end_and_come_again_never_give_the_wrapper_of_an_ended_code_object(
            Supplier<CodeObjectRegistry> registries) throws Exception {
        CodeObjectRegistry registry = registries.get();
        // Each thread owns some ids, ends and begins them again and again; all share the map and its bins.
        List<Boolean> right = Together.run(THREADS, thread -> {
            Random random = new Random(thread);
            List<Long> ids = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                ids.add(16L * (1 + thread + (long) THREADS * i));
            }
            boolean good = true;
            for (int life = 0; life < 500; life++) {
                Collections.shuffle(ids, random);
                for (long id : ids) {
                    CodeObjectWrapper code = registry.getOrInsert(life, FakeCodeRecord.of(id));
                    try {
                        good &= code.index() == life && code.id() == id && registry.get(id) == code;
                        good &= registry.remove(id) && registry.get(id) == null;
                    } finally {
                        Reference.reachabilityFence(code); // A weak registry may forget it otherwise.
                    }
                }
            }
            return good;
        });
        assertTrue(right.stream().allMatch(good -> good));
        assertEquals(0, registry.size());
    }
}
