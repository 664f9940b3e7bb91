package dev.tracetool.format.codetracer;

import dev.tracetool.trace.TraceException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A record of a trace that a test writes.
 *
 * @param first path id, function id, thread id, or how large the value is
 * @param second line
 * @param text path or name
 */
record Rec(RecordKind kind, long first, long second, String text) {
    static Rec path(String path) {
        return new Rec(RecordKind.PATH, 0, 0, path);
    }

    static Rec function(long path, long line, String name) {
        return new Rec(RecordKind.FUNCTION, path, line, name);
    }

    static Rec step(long path, long line) {
        return new Rec(RecordKind.STEP, path, line, "");
    }

    static Rec call(long function) {
        return new Rec(RecordKind.CALL, function, 0, "");
    }

    static Rec leave() {
        return of(RecordKind.RETURN, 0);
    }

    static Rec of(RecordKind kind, long first) {
        return new Rec(kind, first, 0, "");
    }

    /** What a sink is told by a decoder of this record. */
    void pass(RecordSink sink) throws TraceException {
        switch (kind) {
            case PATH -> sink.path(text);
            case FUNCTION -> sink.function(first, second, text);
            case STEP -> sink.step(first, second);
            case CALL -> sink.call(first);
            case RETURN -> sink.leave();
            case THREAD_START, THREAD_EXIT, THREAD_SWITCH -> sink.thread(kind, first);
            case DROP_LAST_STEP -> sink.dropLastStep();
            default -> sink.other(kind);
        }
    }

    /**
     * A trace of all kinds of record, with names of any characters, and now and then an id that is not there; a large one has
     * long names too.
     */
    static List<Rec> random(long seed, int count) {
        Random random = new Random(seed);
        List<Rec> records = new ArrayList<>();
        int paths = 0;
        int functions = 0;
        while (records.size() < count) {
            RecordKind kind = RecordKind.values()[random.nextInt(RecordKind.values().length)];
            switch (random.nextInt(3)) {
                case 0 -> kind = RecordKind.STEP;
                case 1 -> kind = random.nextBoolean() ? RecordKind.CALL : RecordKind.RETURN;
                default -> {}
            }
            boolean wrong = random.nextInt(50) == 0;
            switch (kind) {
                case PATH -> {
                    records.add(path(name(random, count) + paths));
                    paths++;
                }
                case FUNCTION -> {
                    records.add(function(random.nextInt(paths + 1), random.nextInt(1000), name(random, count)));
                    functions++;
                }
                case STEP ->
                    records.add(step(random.nextInt(paths + (wrong ? 9 : 1)), random.nextInt(1 << random.nextInt(31))));
                case CALL -> records.add(call(random.nextInt(functions + (wrong ? 9 : 1))));
                case THREAD_START, THREAD_EXIT, THREAD_SWITCH -> records.add(of(kind, random.nextInt(4)));
                default -> records.add(of(kind, random.nextInt(count > 500 ? 40 : 4)));
            }
        }
        return records;
    }

    private static String name(Random random, int count) {
        String[] parts = {"a", "module", "/", "é", "\u4E2D", "\uD83D\uDE00", "\"", "\\", "\n", "<x>", ""};
        StringBuilder name = new StringBuilder();
        for (int i = random.nextInt(6); i >= 0; i--) {
            name.append(parts[random.nextInt(parts.length)]);
        }
        return count > 500 && random.nextInt(40) == 0 ? name.toString().repeat(1000) : name.toString();
    }
}
