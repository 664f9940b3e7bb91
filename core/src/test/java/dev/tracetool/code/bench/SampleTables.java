package dev.tracetool.code.bench;

import dev.tracetool.code.CodeObjectWrapper;
import dev.tracetool.code.LineTableFormat;
import dev.tracetool.testing.FakeCodeRecord;
import java.io.ByteArrayOutputStream;
import java.util.Random;

/**
 * Location tables by chance, whose entries are mixed as those of CPython 3.12's standard library (forms 0 to 9 47 %, 10
 * 26 %, 14 12 %, 11 11 %, 12 2 %, 15 2 %), about 33 a table on average (37 there), with a long tail.
 */
final class SampleTables {
    private SampleTables() {}

    static CodeObjectWrapper[] codeObjects(int count) {
        Random random = new Random(1);
        CodeObjectWrapper[] codes = new CodeObjectWrapper[count];
        for (int i = 0; i < count; i++) {
            codes[i] = new CodeObjectWrapper(i, record(16L * (i + 1), random));
        }
        return codes;
    }

    private static FakeCodeRecord record(long id, Random random) {
        int entries = 3 + (int) Math.exp(2.8 + random.nextGaussian() * 1.1);
        ByteArrayOutputStream table = new ByteArrayOutputStream();
        int units = 0;
        for (int i = 0; i < entries; i++) {
            int length = random.nextInt(6);
            units += length + 1;
            int form = form(random.nextInt(100), random);
            table.write(0x80 | (form << 3) | length);
            switch (form) {
                case 10, 11, 12 -> {
                    table.write(random.nextInt(80));
                    table.write(random.nextInt(80));
                }
                case 14 -> {
                    table.write(2 * random.nextInt(12) + random.nextInt(2));
                    table.write(random.nextInt(4));
                    table.write(1 + random.nextInt(60));
                    table.write(1 + random.nextInt(60));
                }
                case 15 -> {}
                default -> table.write(random.nextInt(128));
            }
        }
        return FakeCodeRecord.of(id).withTable(LineTableFormat.LOCATIONS_3_11, 1_000, 2 * units, table.toByteArray());
    }

    private static int form(int percent, Random random) {
        if (percent < 47) {
            return random.nextInt(10);
        }
        if (percent < 73) {
            return 10;
        }
        if (percent < 85) {
            return 14;
        }
        return percent < 96 ? 11 : percent < 98 ? 12 : 15;
    }
}
