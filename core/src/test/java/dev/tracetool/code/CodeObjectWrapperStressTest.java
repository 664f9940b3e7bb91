package dev.tracetool.code;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.tracetool.testing.FakeCodeRecord;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Many threads ask one new wrapper at once for everything, each in an order of its own. It fails in the first rounds
 * without {@code synchronized} in {@link CodeObjectWrapper}, or without the second look at the bit behind it.
 */
class CodeObjectWrapperStressTest {
    private static final int THREADS = 8;
    private static final int ROUNDS = 500;

    @Test
    void each_attribute_is_decoded_exactly_once_whoever_asks() throws Exception {
        List<String> attributes = new ArrayList<>(CodeObjectWrapperTest.ATTRIBUTES.keySet());
        attributes.add("lines");
        attributes.add("positions");
        attributes.add("identity");
        for (int round = 0; round < ROUNDS; round++) {
            CountingRecord rec = new CountingRecord(FakeCodeRecord.of(round + 1));
            CodeObjectWrapper code = new CodeObjectWrapper(0, rec);
            long seed = round;
            List<List<Object>> answers = Together.run(THREADS, thread -> {
                List<String> order = new ArrayList<>(attributes);
                // Half of the threads agree on the order and so collide on each attribute.
                Collections.shuffle(order, new Random(thread % 2 == 0 ? seed : seed * THREADS + thread));
                order.forEach(attribute -> ask(code, attribute));
                return attributes.stream()
                        .map(attribute -> ask(code, attribute))
                        .toList();
            });
            for (List<Object> answer : answers) {
                for (int i = 0; i < attributes.size(); i++) {
                    assertSame(answers.get(0).get(i), answer.get(i), attributes.get(i));
                }
            }
            Map<String, Integer> counts = rec.counts();
            assertEquals(2, counts.remove("lineTable"), "once for lines and once for positions");
            counts.forEach((attribute, count) -> assertEquals(1, count, attribute));
            assertEquals(13, counts.size()); // and nothing was left out: the attributes, id and digest
        }
    }

    private static Object ask(CodeObjectWrapper code, String attribute) {
        return switch (attribute) {
            case "lines" -> code.lineTable();
            case "positions" -> code.positionTable();
            case "identity" -> code.identity();
            default -> CodeObjectWrapperTest.ask(code, attribute);
        };
    }
}
