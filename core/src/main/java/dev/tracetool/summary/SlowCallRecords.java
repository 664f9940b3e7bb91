package dev.tracetool.summary;

import dev.tracetool.analysis.NumberReader;
import dev.tracetool.analysis.NumberWriter;
import dev.tracetool.analysis.SlowCall;
import dev.tracetool.analysis.SlowCalls;

/** The records of the slowest activations of a function. */
final class SlowCallRecords {
    private SlowCallRecords() {}

    static void write(NumberWriter out, Strings strings, SlowCall call) {
        out.number(strings.place(call.input())).signed(call.thread()).number(strings.place(call.threadName()));
        out.signed(call.startNs()).number(call.durationNs());
    }

    /** Reads one, and adds it if it is slow enough. */
    static void read(NumberReader in, Texts texts, SlowCalls.Slowest into) {
        String input = texts.next(in);
        int thread = in.signedInt();
        String threadName = texts.next(in);
        long start = in.signed();
        long duration = in.natural();
        if (into.takes(duration)) {
            into.add(new SlowCall(input, thread, threadName, start, duration));
        }
    }
}
