package dev.tracetool.summary;

import dev.tracetool.analysis.LineTimes;
import dev.tracetool.analysis.MalformedNumbersException;
import dev.tracetool.analysis.NumberReader;
import dev.tracetool.analysis.NumberWriter;
import dev.tracetool.code.CodeIdentity;
import java.util.function.IntToLongFunction;

/** The records of the times of lines, behind the function that they are of. */
final class LineTimeRecords {
    private LineTimeRecords() {}

    static void write(NumberWriter out, int[] lines, IntToLongFunction ns) {
        out.number(lines.length);
        long before = 0;
        for (int line : lines) {
            out.signed(line - before).number(ns.applyAsLong(line));
            before = line;
        }
    }

    static void read(NumberReader in, CodeIdentity function, LineTimes into) {
        int[] lines = new int[in.count(2)];
        long[] ns = new long[lines.length];
        int line = 0;
        for (int i = 0; i < lines.length; i++) {
            line += in.signedInt();
            lines[i] = line;
            ns[i] = in.natural();
        }
        try {
            into.add(function, lines, ns);
        } catch (IllegalArgumentException e) {
            throw new MalformedNumbersException(in.position(), "expected lines that ascend, found others");
        }
    }
}
