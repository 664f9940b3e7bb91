package dev.tracetool.code;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tracetool.testing.FakeCodeRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CodeObjectRegistryTest {
    static Stream<CodeObjectRegistry> all() {
        return Stream.of(CodeObjectRegistry.unbounded(), CodeObjectRegistry.bounded(1_000), CodeObjectRegistry.weak());
    }

    @ParameterizedTest
    @MethodSource("all")
    void a_code_object_is_wrapped_once(CodeObjectRegistry registry) {
        CodeObjectWrapper code = registry.getOrInsert(3, FakeCodeRecord.of(0x7f00_1234_5670L));
        assertEquals(3, code.index());
        assertSame(code, registry.getOrInsert(3, FakeCodeRecord.of(0x7f00_1234_5670L)));
        assertSame(code, registry.get(0x7f00_1234_5670L));
        assertEquals(1, registry.size());
        assertNull(registry.get(16));
    }

    @ParameterizedTest
    @MethodSource("all")
    void an_id_that_is_used_again_after_its_end_has_a_new_wrapper(CodeObjectRegistry registry) {
        CodeObjectWrapper first = registry.getOrInsert(0, FakeCodeRecord.of(16));
        assertTrue(registry.remove(16));
        assertFalse(registry.remove(16));
        assertNull(registry.get(16));
        CodeObjectWrapper second = registry.getOrInsert(1, FakeCodeRecord.of(16));
        assertNotSame(first, second);
        assertEquals(0, first.index());
        assertEquals(1, second.index());
        assertEquals("/src/16.py", first.filename()); // which still answers
    }

    @ParameterizedTest
    @MethodSource("all")
    void clear_ends_all(CodeObjectRegistry registry) {
        List<CodeObjectWrapper> held = new ArrayList<>(); // for the weak one
        held.add(registry.getOrInsert(0, FakeCodeRecord.of(16)));
        held.add(registry.getOrInsert(1, FakeCodeRecord.of(32)));
        assertEquals(2, registry.size());
        registry.clear();
        assertEquals(0, registry.size());
        assertNull(registry.get(16));
        assertEquals(2, held.size());
    }

    @ParameterizedTest
    @MethodSource("all")
    void an_unknown_id_tells_nothing_apart(CodeObjectRegistry registry) {
        CodeObjectWrapper one = registry.getOrInsert(0, FakeCodeRecord.of(0));
        assertNotSame(one, registry.getOrInsert(1, FakeCodeRecord.of(0)));
        assertEquals(0, registry.size());
        assertNull(registry.get(0));
    }

    @Test
    void a_bounded_one_stays_within_its_bound_and_goes_on_answering() {
        CodeObjectRegistry registry = CodeObjectRegistry.bounded(100);
        for (int i = 1; i <= 10_000; i++) {
            assertEquals(i, registry.getOrInsert(i, FakeCodeRecord.of(i)).id());
            assertTrue(registry.size() <= 101, () -> "size " + registry.size());
        }
        assertTrue(registry.size() >= 90, () -> "size " + registry.size());
        assertThrows(IllegalArgumentException.class, () -> CodeObjectRegistry.bounded(0));
    }

    @Test
    void a_bounded_one_keeps_what_is_asked_for_often() {
        CodeObjectRegistry registry = CodeObjectRegistry.bounded(100);
        CodeObjectWrapper often = registry.getOrInsert(0, FakeCodeRecord.of(16));
        for (int i = 1_000; i <= 10_000; i++) {
            registry.getOrInsert(i, FakeCodeRecord.of(i));
            assertSame(often, registry.getOrInsert(0, FakeCodeRecord.of(16)));
        }
    }

    @Test
    void a_weak_one_keeps_only_what_somebody_holds() throws InterruptedException {
        CodeObjectRegistry registry = CodeObjectRegistry.weak();
        CodeObjectWrapper held = registry.getOrInsert(0, FakeCodeRecord.of(16));
        registry.getOrInsert(1, FakeCodeRecord.of(32));
        for (int i = 0; i < 100 && registry.get(32) != null; i++) {
            System.gc();
            Thread.sleep(20);
        }
        assertNull(registry.get(32));
        assertSame(held, registry.get(16));
        assertNotNull(registry.getOrInsert(2, FakeCodeRecord.of(32)));
    }

    @ParameterizedTest
    @MethodSource("all")
    void looking_up_does_not_wait_for_somebody_who_inserts(CodeObjectRegistry registry) throws Exception {
        CodeObjectWrapper first = registry.getOrInsert(0, FakeCodeRecord.of(16));
        CodeObjectWrapper second = registry.getOrInsert(1, FakeCodeRecord.of(48));
        CountDownLatch inserting = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        // Asked twice for its id: for the key, and by the wrapper's constructor, within the map's lock. 16, 32 and 48
        // fall into one bin of a new map; of the first in a bin, computeIfAbsent finds out without the lock.
        Thread writer = new Thread(() -> registry.getOrInsert(2, new ForwardingRecord(FakeCodeRecord.of(32)) {
            private boolean asked;

            @Override
            public long id() {
                if (asked) {
                    inserting.countDown();
                    awaitUninterrupted(goOn);
                }
                asked = true;
                return super.id();
            }
        }));
        writer.start();
        try {
            assertTrue(inserting.await(10, TimeUnit.SECONDS));
            assertTimeoutPreemptively(Duration.ofSeconds(10), () -> {
                assertSame(first, registry.get(16));
                assertSame(second, registry.get(48));
                assertSame(second, registry.getOrInsert(1, FakeCodeRecord.of(48)));
            });
        } finally {
            goOn.countDown();
            writer.join();
        }
    }

    private static void awaitUninterrupted(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
