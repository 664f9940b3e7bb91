package dev.tracetool.summary;

import dev.tracetool.analysis.NumberReader;
import dev.tracetool.analysis.NumberWriter;
import dev.tracetool.analysis.SlowCall;

/** The records of the slowest activations of a function. */
final class SlowCallRecords {
    private SlowCallRecords() {}

    static void write(NumberWriter out, Strings strings, SlowCall call) {
        out.number(strings.place(call.input())).signed(call.thread()).number(strings.place(call.threadName()));
        out.signed(call.startNs()).number(call.durationNs());
    }

    static SlowCall read(NumberReader in, Texts texts) {
        return new SlowCall(texts.next(in), in.signedInt(), texts.next(in), in.signed(), in.natural());
    }
}
