package dev.tracetool.summary;

import dev.tracetool.analysis.Arcs;
import dev.tracetool.analysis.MalformedNumbersException;
import dev.tracetool.analysis.NumberReader;
import dev.tracetool.analysis.NumberWriter;

/** The records of which line of a function followed on which. */
final class ArcRecords {
    private ArcRecords() {}

    static void write(NumberWriter out, Arcs arcs) {
        out.number(arcs.size());
        long before = 0;
        for (int i = 0; i < arcs.size(); i++) {
            out.signed(arcs.from(i) - before).number(arcs.to(i) + 1L);
            before = arcs.from(i);
        }
    }

    static Arcs read(NumberReader in) {
        long[] pairs = new long[in.count(2)];
        long line = 0;
        for (int i = 0; i < pairs.length; i++) {
            line += in.signedInt();
            if (line < 0 || line > Integer.MAX_VALUE) {
                throw new MalformedNumbersException(in.position(), "expected a line, found " + line);
            }
            pairs[i] = Arcs.pair((int) line, in.index() - 1);
        }
        return Arcs.of(pairs);
    }
}
