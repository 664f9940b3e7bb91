package dev.tracetool.summary;

import dev.tracetool.analysis.FunctionActivity;
import dev.tracetool.analysis.LineHits;
import dev.tracetool.analysis.MalformedNumbersException;
import dev.tracetool.analysis.NumberReader;
import dev.tracetool.analysis.NumberWriter;
import dev.tracetool.code.CodeIdentity;
import java.util.HexFormat;

/** The records of code objects and what happened in them. */
final class FunctionRecords {
    private static final int DIGEST_BYTES = 16;
    private static final int CALLED = 1;
    private static final int HAS_TABLE = 2;
    private static final int HAS_DIGEST = 4;
    private static final int HAS_HITS = 8;
    private static final int BODY = 16;

    private FunctionRecords() {}

    static void write(NumberWriter out, Strings strings, FunctionActivity function) {
        CodeIdentity identity = function.identity();
        LineHits lines = function.lines();
        boolean hits = lines.hit() > 0;
        out.number((function.called() ? CALLED : 0)
                | (function.hasTable() ? HAS_TABLE : 0)
                | (identity.digest().isEmpty() ? 0 : HAS_DIGEST)
                | (hits ? HAS_HITS : 0)
                | (function.body() ? BODY : 0));
        out.number(strings.place(identity.filename())).number(strings.place(identity.qualname()));
        out.signed(identity.firstLine());
        if (!identity.digest().isEmpty()) {
            byte[] digest = HexFormat.of().parseHex(identity.digest());
            out.bytes(digest, 0, digest.length);
        }
        out.signed((long) function.entryLine() - identity.firstLine());
        int[] executable = lines.executableLines();
        lines(out, executable, identity.firstLine());
        if (function.called()) {
            out.number(function.calls()).number(function.returns()).number(function.yields());
            out.number(function.unwinds()).number(function.selfNs()).number(function.totalNs());
        }
        if (hits) {
            hits(out, executable, lines);
        }
        int[] others = lines.otherLines();
        lines(out, others, identity.firstLine());
        hits(out, others, lines);
    }

    private static void lines(NumberWriter out, int[] lines, int first) {
        out.number(lines.length);
        long before = first;
        for (int line : lines) {
            out.signed(line - before);
            before = line;
        }
    }

    private static void hits(NumberWriter out, int[] lines, LineHits hits) {
        for (int line : lines) {
            out.number(hits.hits(line));
        }
    }

    /**
     * Reads one.
     *
     * @param place which of the file's functions it is
     * @param digests those of the summary before
     */
    static FunctionActivity read(NumberReader in, Texts texts, int place, Repeats digests) {
        int flags = in.index();
        String filename = texts.next(in);
        String qualname = texts.next(in);
        int firstLine = in.signedInt();
        String digest = "";
        if ((flags & HAS_DIGEST) != 0) {
            digest = digests.hex(place, in.array(), in.skip(DIGEST_BYTES), DIGEST_BYTES);
        }
        int entryLine = line(in, firstLine);
        int[] executable = lines(in, firstLine);
        boolean called = (flags & CALLED) != 0;
        long calls = called ? in.natural() : 0;
        long returns = called ? in.natural() : 0;
        long yields = called ? in.natural() : 0;
        long unwinds = called ? in.natural() : 0;
        long self = called ? in.natural() : 0;
        long total = called ? in.natural() : 0;
        long[] hits = hits(in, (flags & HAS_HITS) != 0 ? executable.length : 0);
        int[] others = lines(in, firstLine);
        long[] otherHits = hits(in, others.length);
        LineHits lines;
        try {
            lines = LineHits.of(executable, hits, others, otherHits);
        } catch (IllegalArgumentException e) {
            throw new MalformedNumbersException(in.position(), "expected lines that ascend, found " + e.getMessage());
        }
        return new FunctionActivity(
                new CodeIdentity(filename, qualname, firstLine, digest),
                called,
                calls,
                returns,
                yields,
                unwinds,
                self,
                total,
                (flags & HAS_TABLE) != 0,
                entryLine,
                lines,
                (flags & BODY) != 0);
    }

    private static int line(NumberReader in, int before) {
        long line = before + (long) in.signedInt();
        if (line != (int) line) {
            throw new MalformedNumbersException(in.position(), "expected a line, found " + line);
        }
        return (int) line;
    }

    private static int[] lines(NumberReader in, int first) {
        int[] lines = new int[in.count(1)];
        int before = first;
        for (int i = 0; i < lines.length; i++) {
            before = line(in, before);
            lines[i] = before;
        }
        return lines;
    }

    private static long[] hits(NumberReader in, int count) {
        long[] hits = new long[count];
        for (int i = 0; i < count; i++) {
            hits[i] = in.natural();
        }
        return hits;
    }
}
