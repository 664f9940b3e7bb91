package dev.tracetool.code.bench;

import dev.tracetool.code.CodeObjectWrapper;
import dev.tracetool.code.CodeRecord;
import dev.tracetool.testing.FakeCodeRecord;

/** Heap bytes of a wrapper, without its record, before and after its line table is asked for. */
final class WrapperFootprint {
    private static final int COUNT = 80_000;

    private WrapperFootprint() {}

    public static void main(String[] args) {
        CodeRecord rec = FakeCodeRecord.of(1);
        CodeObjectWrapper[] codes = new CodeObjectWrapper[COUNT];
        long before = used();
        for (int i = 0; i < COUNT; i++) {
            codes[i] = new CodeObjectWrapper(i, rec);
        }
        long untouched = used();
        long ranges = 0;
        for (CodeObjectWrapper code : codes) {
            ranges += code.lineTable().size();
        }
        long withLines = used();
        System.out.printf(
                "%d bytes a wrapper; %d more with a line table of %d ranges%n",
                (untouched - before) / codes.length, (withLines - untouched) / codes.length, ranges / codes.length);
    }

    private static long used() {
        Runtime runtime = Runtime.getRuntime();
        for (int i = 0; i < 5; i++) {
            System.gc();
        }
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
