package dev.tracetool.format.pyc;

import static dev.tracetool.testing.PycWriter.listOf;
import static dev.tracetool.testing.PycWriter.setOf;

import dev.tracetool.analysis.Summary;
import dev.tracetool.code.CodeObjectWrapper;
import dev.tracetool.code.Constant;
import dev.tracetool.input.TraceInput;
import dev.tracetool.testing.PycWriter;
import dev.tracetool.testing.PycWriter.Code;
import dev.tracetool.testing.PycWriter.Marked;
import dev.tracetool.testing.PycWriter.Raw;
import dev.tracetool.testing.PycWriter.Ref;
import dev.tracetool.trace.Trace;
import dev.tracetool.trace.TraceSummary;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;

/** Files that have something of everything, and reading everything of a file. */
final class SmallPyc {
    private SmallPyc() {}

    /** A module with a class, a method and a lambda, and a constant of each type. */
    static byte[] of(int minor) {
        Code lambda = new Code("<lambda>");
        lambda.filename = new Ref(0);
        Code method = new Code("m");
        method.filename = new Ref(0);
        method.constants = listOf(null, lambda, "C.m.<locals>.<lambda>", new Ref(1));
        method.bytecode = new byte[] {100, 1, 100, 2, (byte) 132, 0, 83, 0};
        method.localsPlus = listOf("self", "x");
        method.kinds = new byte[] {0x26, 0x60};
        method.variables = listOf("self", "x");
        method.cellVariables = listOf("x");
        method.exceptionTable = new byte[] {(byte) 0x80, 2, 1, 3};
        Code body = new Code("C");
        body.flags = 0;
        body.filename = new Ref(0);
        body.names = listOf("__name__", "__module__", "__qualname__");
        body.bytecode = new byte[] {101, 0, 90, 1, 100, 0, 90, 2};
        body.constants = listOf("C", method, "C.m");
        Code module = new Code("<module>");
        module.flags = 0;
        // Marked first, so that its number is 0: it stands before all others in the constants.
        module.constants = listOf(
                new Marked("/src/m.py"),
                new Marked(listOf(1, "one", listOf())),
                body,
                PycWriter.ELLIPSIS,
                true,
                BigInteger.ONE.shiftLeft(70).negate(),
                0.1,
                new PycWriter.Complex(1, -2),
                new Raw("f\0031.5".getBytes(StandardCharsets.ISO_8859_1)),
                "é\ud800",
                new byte[] {1, 2},
                setOf("a", 1, new Ref(1)),
                minor >= 14 ? new PycWriter.Slice(1, null, null) : 7);
        return PycWriter.file(minor, module);
    }

    static TraceInput input(byte[] bytes) {
        return new TraceInput() {
            @Override
            public String name() {
                return "t";
            }

            @Override
            public long size() {
                return bytes.length;
            }

            @Override
            public InputStream stream() {
                return new ByteArrayInputStream(bytes);
            }

            @Override
            public SeekableByteChannel channel() {
                throw new UnsupportedOperationException();
            }

            @Override
            public TraceInput beside(String fileName) {
                return null;
            }
        };
    }

    /** Asks a file for everything that can be asked of it. @return how many facts there are */
    static long readAll(byte[] bytes) throws IOException {
        long facts = 0;
        try (Trace trace = PycTrace.open(input(bytes))) {
            Summary.of(trace, Set.of());
            TraceSummary summary = trace.summary();
            for (CodeObjectWrapper code : summary.codes()) {
                facts += readAll(code);
            }
        }
        return facts;
    }

    private static long readAll(CodeObjectWrapper code) {
        long facts = code.filename().length()
                + code.name().length()
                + code.qualname().length();
        facts += code.argCount() + code.positionalOnlyArgCount() + code.keywordOnlyArgCount();
        facts += code.localCount() + code.stackSize() + code.flags() + code.firstLine() + code.parentIndex();
        for (List<String> names :
                List.of(code.names(), code.variableNames(), code.cellVariableNames(), code.freeVariableNames())) {
            facts += names.size();
        }
        for (Constant constant : code.constants()) {
            facts += constant.repr(10_000).length();
        }
        if (!code.isLineTableMalformed()) {
            facts += code.lineTable().size() + code.positionTable().size();
        }
        return facts
                + code.exceptionTable().entries().size()
                + code.bytecode().length
                + code.identity().digest().length();
    }
}
