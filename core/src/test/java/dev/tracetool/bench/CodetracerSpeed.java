package dev.tracetool.bench;

import dev.tracetool.analysis.Summary;
import dev.tracetool.format.TraceFormats;
import dev.tracetool.trace.Trace;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.function.LongSupplier;

/**
 * How fast the records of CodeTracer's traces are read and counted for a report, in one process, warm: processor time
 * of the one thread that does it. Both sides of a ratio take turns.
 *
 * <pre>
 * java -cp ... dev.tracetool.bench.CodetracerSpeed capnp FILE    the report over a bare loop that unpacks, and adds all words
 * java -cp ... dev.tracetool.bench.CodetracerSpeed rate FILE     megabytes of the file that are reported in a second
 * java -cp ... dev.tracetool.bench.CodetracerSpeed make FILE MB  writes a trace.json as the recorder in pure Python does
 * </pre>
 */
public final class CodetracerSpeed {
    private static final int WARM_UP = 8;
    private static final int ROUNDS = 15;
    private static final int HEADER = 8;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private CodetracerSpeed() {}

    public static void main(String[] args) throws IOException {
        Path file = Path.of(args[1]);
        switch (args[0]) {
            case "capnp" -> {
                double[] loop = new double[ROUNDS];
                double[] report = new double[ROUNDS];
                for (int i = -WARM_UP; i < ROUNDS; i++) {
                    double one = seconds(() -> loop(file));
                    double other = seconds(() -> report(file));
                    if (i >= 0) {
                        loop[i] = one;
                        report[i] = other;
                    }
                }
                System.out.printf(
                        "loop %.2f ms, report %.2f ms, ratio %.2f%n",
                        1000 * median(loop), 1000 * median(report), median(report) / median(loop));
            }
            case "rate" -> {
                double[] report = new double[ROUNDS];
                for (int i = -2; i < ROUNDS; i++) {
                    double one = seconds(() -> report(file));
                    report[Math.max(0, i)] = one;
                }
                System.out.printf("%.1f MB/s%n", Files.size(file) / 1e6 / median(report));
            }
            default -> make(file, Long.parseLong(args[2]) << 20);
        }
    }

    private static double seconds(LongSupplier work) {
        long start = THREADS.getCurrentThreadCpuTime();
        if (work.getAsLong() == 42) {
            System.out.println(); // so that nothing of it can be left out
        }
        return (THREADS.getCurrentThreadCpuTime() - start) / 1e9;
    }

    private static double median(double[] values) {
        Arrays.sort(values);
        return values[values.length / 2];
    }

    private static long report(Path file) {
        try (Trace trace = TraceFormats.open(file)) {
            return Summary.of(trace, EnumSet.noneOf(Summary.Part.class))
                    .activity()
                    .events();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Unpacks all words of the message, one after the other, and then adds them up. */
    private static long loop(Path file) {
        byte[] packed;
        try {
            packed = Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        byte[] words = new byte[4 * packed.length];
        int size = 0;
        int at = HEADER;
        while (at < packed.length) {
            if (size + 8 * 257 > words.length) {
                words = Arrays.copyOf(words, 2 * words.length);
            }
            int tag = packed[at++] & 0xFF;
            if (tag == 0xFF) {
                System.arraycopy(packed, at, words, size, 8);
                at += 8;
            } else {
                for (int left = tag; left != 0; left &= left - 1) {
                    words[size + Integer.numberOfTrailingZeros(left)] = packed[at++];
                }
            }
            size += 8;
            if (tag == 0) {
                size += 8 * (packed[at++] & 0xFF);
            } else if (tag == 0xFF) {
                int bytes = 8 * (packed[at++] & 0xFF);
                System.arraycopy(packed, at, words, size, bytes);
                size += bytes;
                at += bytes;
            }
        }
        long sum = 0;
        for (int i = 0; i < size; i += 8) {
            sum += (long) LONG.get(words, i);
        }
        return sum;
    }

    private static void make(Path file, long size) throws IOException {
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            out.write(
                    "[\n  {\n    \"Path\": \"\"\n  },\n  {\n    \"Function\": {\n      \"path_id\": 0,\n      \"line\": 1,\n"
                            + "      \"name\": \"<top-level>\"\n    }\n  },\n  {\n    \"Path\": \"main.py\"\n  }");
            long written = 0;
            for (int i = 0; written < size; i++) {
                String step =
                        ",\n  {\n    \"Step\": {\n      \"path_id\": 1,\n      \"line\": " + i % 200 + "\n    }\n  }";
                String value = ",\n  {\n    \"Value\": {\n      \"variable_id\": " + i % 9
                        + ",\n      \"value\": {\n        \"kind\": \"Int\",\n        \"type_id\": 0,\n        \"i\": "
                        + i
                        + "\n      }\n    }\n  }";
                String list =
                        ",\n  {\n    \"Value\": {\n      \"variable_id\": 3,\n      \"value\": {\n        \"kind\": \"Sequence\","
                                + "\n        \"type_id\": 5,\n        \"elements\": [\n          {\n            \"kind\": \"String\",\n"
                                + "            \"type_id\": 1,\n            \"text\": \"cell " + i % 81
                                + "\"\n          }\n        ],\n"
                                + "        \"is_slice\": false\n      }\n    }\n  }";
                out.write(step);
                out.write(value);
                out.write(list);
                written += step.length() + value.length() + list.length();
            }
            out.write("\n]");
        }
    }
}
