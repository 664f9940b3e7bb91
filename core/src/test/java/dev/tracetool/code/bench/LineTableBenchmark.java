package dev.tracetool.code.bench;

import dev.tracetool.code.CodeObjectWrapper;
import dev.tracetool.code.CodeRecord;
import dev.tracetool.code.LineTable;
import dev.tracetool.code.PositionTable;
import java.util.OptionalInt;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/** Decoding a table, and the line of an offset at random places of 1,024 code objects; the time of one each. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@State(Scope.Thread)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class LineTableBenchmark {
    private static final int CODES = 1_024;
    private static final int LOOK_UPS = 65_536;

    private final CodeObjectWrapper[] codes = SampleTables.codeObjects(CODES);
    private final byte[][] tables = new byte[CODES][];
    private final CodeObjectWrapper[] asked = new CodeObjectWrapper[LOOK_UPS];
    private final int[] offsets = new int[LOOK_UPS];

    @Setup
    public void askEachOnce() {
        long bytes = 0;
        long ranges = 0;
        for (int i = 0; i < CODES; i++) {
            tables[i] = codes[i].underlying().lineTable();
            bytes += tables[i].length;
            ranges += codes[i].lineTable().size();
        }
        System.out.printf("%d bytes, %d ranges a table%n", bytes / CODES, ranges / CODES);
        Random random = new Random(2);
        for (int i = 0; i < LOOK_UPS; i++) {
            asked[i] = codes[random.nextInt(CODES)];
            offsets[i] = random.nextInt(asked[i].codeLength());
        }
    }

    @Benchmark
    @OperationsPerInvocation(CODES)
    public void decodeLines(Blackhole sink) {
        for (int i = 0; i < CODES; i++) {
            CodeRecord rec = codes[i].underlying();
            sink.consume(LineTable.decode(rec.lineTableFormat(), tables[i], rec.firstLine(), rec.codeLength()));
        }
    }

    @Benchmark
    @OperationsPerInvocation(CODES)
    public void decodePositions(Blackhole sink) {
        for (int i = 0; i < CODES; i++) {
            CodeRecord rec = codes[i].underlying();
            sink.consume(PositionTable.decode(rec.lineTableFormat(), tables[i], rec.firstLine(), rec.codeLength()));
        }
    }

    @Benchmark
    @OperationsPerInvocation(LOOK_UPS)
    public long lineForOffset() {
        long sum = 0;
        for (int i = 0; i < LOOK_UPS; i++) {
            OptionalInt line = asked[i].lineForOffset(offsets[i]);
            sum += line.isPresent() ? line.getAsInt() : -1;
        }
        return sum;
    }

    @Benchmark
    @OperationsPerInvocation(LOOK_UPS)
    public long lineAt() {
        long sum = 0;
        for (int i = 0; i < LOOK_UPS; i++) {
            sum += asked[i].lineTable().lineAt(offsets[i]);
        }
        return sum;
    }

    /** What a cached attribute costs: nearly nothing but the way to the object. */
    @Benchmark
    @OperationsPerInvocation(LOOK_UPS)
    public long firstLine() {
        long sum = 0;
        for (int i = 0; i < LOOK_UPS; i++) {
            sum += asked[i].firstLine();
        }
        return sum;
    }
}
