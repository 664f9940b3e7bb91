package dev.tracetool.format.nativetrace;

import dev.tracetool.code.CodeObjectWrapper;
import dev.tracetool.code.CodeRecord;
import dev.tracetool.code.LineTableFormat;
import dev.tracetool.testing.FakeCodeRecord;
import dev.tracetool.trace.EventBlock;
import dev.tracetool.trace.EventKind;
import dev.tracetool.trace.KindTable;
import dev.tracetool.trace.TraceMark;
import dev.tracetool.trace.TraceMetadata;
import dev.tracetool.trace.TraceThread;
import dev.tracetool.trace.TraceVisitor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * A trace of any shape that follows from a seed. It can be played to visitors as often as wished, always the same: to a
 * {@link TraceRecorder}, which writes it, and to a {@link Transcript}, which keeps what a reader must give back.
 */
final class RandomTrace {
    private static final String[] NAMES = {
        "main",
        "",
        "Klass.<locals>.\u03bb",
        "a\nb",
        "\u001b[31m",
        "\u202egnp.py",
        "::error::x",
        "\"q\"",
        "\ud83d\udc0d",
        "\0"
    };

    private final long seed;

    RandomTrace(long seed) {
        this.seed = seed;
    }

    void play(TraceVisitor visitor) {
        new Player(new Random(seed), visitor).play();
    }

    Compression compression() {
        return Compression.values()[(int) Math.floorMod(seed, 3L)];
    }

    private static final class Player {
        private final Random random;
        private final TraceVisitor visitor;
        private final List<CodeObjectWrapper> codes = new ArrayList<>();
        private final List<Long> clocks = new ArrayList<>();

        Player(Random random, TraceVisitor visitor) {
            this.random = random;
            this.visitor = visitor;
        }

        void play() {
            TraceMetadata metadata = metadata();
            visitor.metadata(metadata);
            EventBlock block = new EventBlock(metadata.kinds());
            int steps = random.nextInt(40);
            for (int i = 0; i < steps; i++) {
                step(random.nextInt(13), metadata, block);
            }
            if (random.nextInt(6) == 0) {
                visitor.failure(name());
            }
            if (random.nextInt(4) > 0) {
                visitor.end(random.nextLong());
            }
        }

        private void step(int choice, TraceMetadata metadata, EventBlock block) {
            if (choice == 0 || codes.isEmpty()) {
                codes(metadata.lineTableFormat());
            } else if (choice == 1 || clocks.isEmpty()) {
                boolean again = !clocks.isEmpty() && random.nextBoolean();
                int thread = again ? random.nextInt(clocks.size()) : clocks.size();
                if (!again) {
                    clocks.add(metadata.clockStart() + random.nextInt(1000));
                }
                visitor.thread(new TraceThread(thread, random.nextLong(), clocks.get(thread), name()));
            } else if (choice == 2) {
                int thread = random.nextInt(clocks.size());
                int depth = random.nextInt(5);
                visitor.frames(thread, clocks.get(thread), codeIndices(depth), numbers(depth));
            } else if (choice == 3) {
                int thread = random.nextInt(clocks.size());
                visitor.mark(mark(thread));
            } else if (choice == 4) {
                visitor.codeEnded(codeIndices(random.nextInt(4)));
            } else if (choice == 5) {
                byte[] text = new byte[random.nextInt(4) == 0 ? random.nextInt(40_000) : random.nextInt(3)];
                random.nextBytes(text);
                visitor.source(SmallTrace.source(name(), text, random.nextBoolean()));
            } else {
                fill(block, random.nextInt(clocks.size()));
                visitor.events(block);
            }
        }

        private TraceMetadata metadata() {
            return new TraceMetadata(
                    maybe("3.13.5"),
                    maybe("cpython"),
                    maybe(name()),
                    maybe("linux"),
                    maybe(name()),
                    names(),
                    maybe(name()),
                    random.nextBoolean() ? null : random.nextLong(),
                    random.nextBoolean() ? null : (long) random.nextInt(),
                    maybe(name()),
                    maybe("2026-11-23T06:00:00+01:00"),
                    maybe("tracetool 0.1"),
                    maybe("custom"),
                    names(),
                    names(),
                    random.nextBoolean(),
                    random.nextBoolean() ? null : new TraceMetadata.Scope(random.nextBoolean(), names(), names()),
                    random.nextLong() >> 16,
                    LineTableFormat.values()[random.nextInt(LineTableFormat.values().length)],
                    kinds());
        }

        /** Kinds in any order, LINE mostly among them, known ones and others with 0 to 2 arguments. */
        private KindTable kinds() {
            List<KindTable.Kind> kinds = new ArrayList<>();
            if (random.nextInt(5) > 0) {
                kinds.add(new KindTable.Kind("LINE", EventKind.LINE, 1, random.nextBoolean()));
            }
            for (EventKind kind : EventKind.values()) {
                if (kind != EventKind.LINE && kind != EventKind.OTHER && random.nextBoolean()) {
                    kinds.add(
                            new KindTable.Kind(kind.name(), kind, kind.hasDestination() ? 2 : 1, random.nextBoolean()));
                }
            }
            boolean many = random.nextInt(5) == 0;
            for (int i = many ? KindTable.MAX_KINDS - kinds.size() : random.nextInt(3); i > 0; i--) {
                kinds.add(new KindTable.Kind("NEW_" + i, EventKind.OTHER, random.nextInt(3), random.nextBoolean()));
            }
            Collections.shuffle(kinds, random);
            return new KindTable(kinds);
        }

        private void codes(LineTableFormat format) {
            List<CodeObjectWrapper> added = new ArrayList<>();
            for (int i = random.nextInt(8) == 0 ? 300 : 1 + random.nextInt(4); i > 0; i--) {
                CodeObjectWrapper code = new CodeObjectWrapper(codes.size(), code(format));
                codes.add(code);
                added.add(code);
            }
            visitor.codeObjects(added);
        }

        private CodeRecord code(LineTableFormat format) {
            byte[] table = new byte[random.nextInt(12)];
            random.nextBytes(table);
            byte[] digest = new byte[16];
            random.nextBytes(digest);
            return new FakeCodeRecord(
                    random.nextLong(),
                    random.nextInt(codes.size() + 1) - 1,
                    name(),
                    name(),
                    name(),
                    random.nextBoolean() ? random.nextInt(2000) : random.nextInt(),
                    random.nextInt(),
                    random.nextInt(5),
                    random.nextInt(5),
                    random.nextInt(5),
                    random.nextInt(1000),
                    format,
                    table,
                    names(),
                    digest);
        }

        /** Fills a block; how wide its columns must be is drawn for each. */
        private void fill(EventBlock block, int thread) {
            KindTable table = block.kindTable();
            int[] sizes = {0, 1, 2, 3, 40, 300};
            int size = table.size() == 0 ? 0 : sizes[random.nextInt(sizes.length)];
            int argBits = random.nextInt(32);
            int timeBits = random.nextInt(55);
            int codeLimit = 1 + random.nextInt(codes.size());
            byte[] kinds = new byte[size];
            int times = 0;
            int destinations = 0;
            for (int i = 0; i < size; i++) {
                kinds[i] = (byte) (1 + random.nextInt(table.size()));
                times += block.timed()[kinds[i]] ? 1 : 0;
                destinations += block.destined()[kinds[i]] ? 1 : 0;
            }
            block.reset(thread, size, times, destinations);
            int code = 0;
            for (int i = 0; i < size; i++) {
                code = i == 0 || random.nextInt(3) == 0 ? random.nextInt(codeLimit) : code;
                block.kinds()[i] = kinds[i];
                block.codes()[i] = code;
                block.args()[i] = table.kind(kinds[i]).arguments() == 0 ? 0 : bits(argBits);
            }
            for (int i = 0; i < destinations; i++) {
                block.destinations()[i] = bits(argBits);
            }
            long time = clocks.get(thread);
            for (int i = 0; i < times; i++) {
                time += random.nextLong() >>> 64 - 1 - timeBits;
                block.times()[i] = time;
            }
            clocks.set(thread, time);
        }

        private int bits(int bits) {
            return bits == 0 ? 0 : random.nextInt() >>> 32 - bits;
        }

        private TraceMark mark(int thread) {
            Map<String, String> values = new LinkedHashMap<>();
            if (random.nextBoolean()) {
                values.put("label", name());
                values.put("outcome", name());
            }
            String[] kinds = {"test_begin", "test_end", "label", "unknown", "\u001b"};
            return new TraceMark(thread, clocks.get(thread), kinds[random.nextInt(kinds.length)], values);
        }

        private int[] codeIndices(int count) {
            return random.ints(count, 0, codes.size()).toArray();
        }

        private int[] numbers(int count) {
            return random.ints(count, 0, Integer.MAX_VALUE).toArray();
        }

        private String name() {
            return NAMES[random.nextInt(NAMES.length)];
        }

        private List<String> names() {
            return random.ints(random.nextInt(3), 0, NAMES.length)
                    .mapToObj(i -> NAMES[i])
                    .toList();
        }

        private @Nullable String maybe(String text) {
            return random.nextBoolean() ? text : null;
        }
    }
}
