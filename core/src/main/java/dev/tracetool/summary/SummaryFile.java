package dev.tracetool.summary;

import dev.tracetool.analysis.Activity;
import dev.tracetool.analysis.CallTree;
import dev.tracetool.analysis.FunctionActivity;
import dev.tracetool.analysis.MalformedNumbersException;
import dev.tracetool.analysis.NumberReader;
import dev.tracetool.analysis.NumberWriter;
import dev.tracetool.analysis.Summary;
import dev.tracetool.analysis.TestActivity;
import dev.tracetool.analysis.TestReach;
import dev.tracetool.code.CodeIdentity;
import dev.tracetool.trace.TraceException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/**
 * Writes and reads summary files, tracetool-summary(5). Two summaries that tell the same are written as the same bytes,
 * in whatever order they were merged.
 */
public final class SummaryFile {
    /** How many of the first bytes {@link #matches} looks at. */
    public static final int HEAD_BYTES = 8;

    private SummaryFile() {}

    /** Whether a file that begins like this is a summary, be it damaged or of another version. */
    public static boolean matches(byte[] head) {
        return head.length >= HEAD_BYTES && Arrays.equals(Arrays.copyOf(head, HEAD_BYTES), Section.MAGIC);
    }

    /** Writes a summary with all its parts. The stream stays open. */
    public static void write(Summary summary, OutputStream out) throws IOException {
        SectionBuffer texts = new SectionBuffer(Section.STRINGS);
        Strings strings = new Strings(texts);
        SectionBuffer inputs = new SectionBuffer(Section.INPUTS);
        InputOrder.sorted(summary.activity().inputs())
                .forEach(trace -> InputRecords.write(inputs.next(), strings, trace));
        SectionBuffer functions = new SectionBuffer(Section.FUNCTIONS);
        List<FunctionActivity> all = summary.activity().functions();
        all.forEach(function -> FunctionRecords.write(functions.next(), strings, function));
        SectionBuffer tests = new SectionBuffer(Section.TESTS);
        int[] numbers = writeTests(tests, strings, summary.tests());
        SectionBuffer reaches = new SectionBuffer(Section.REACHES);
        for (int i = 0; i < all.size(); i++) {
            writeReaches(reaches, i, summary.tests().reaches(all.get(i).identity()), numbers);
        }
        out.write(header());
        for (SectionBuffer sections : List.of(texts, inputs, functions, tests, reaches)) {
            sections.writeTo(out);
        }
        new SectionBuffer(Section.END).writeOneTo(out);
    }

    private static byte[] header() {
        ByteBuffer header = ByteBuffer.allocate(Section.FILE_HEADER).order(ByteOrder.LITTLE_ENDIAN);
        header.put(Section.MAGIC).putShort((short) Section.MAJOR).putShort((short) Section.MINOR);
        return header.putInt(Section.crc(header.array(), Section.CHECKED, header.array(), 0))
                .array();
    }

    /** Tests in order of their labels. Returns the place of each in it. */
    private static int[] writeTests(SectionBuffer sections, Strings strings, TestActivity tests) {
        Integer[] order = new Integer[tests.size()];
        for (int t = 0; t < order.length; t++) {
            order[t] = t;
        }
        Arrays.sort(order, Comparator.comparing(t -> tests.test(t).label()));
        int[] places = new int[order.length];
        for (int i = 0; i < order.length; i++) {
            places[order[i]] = i;
            TestRecords.write(sections.next(), strings, tests.test(order[i]));
        }
        return places;
    }

    private static void writeReaches(SectionBuffer sections, int function, List<TestReach> rows, int[] places) {
        if (!rows.isEmpty()) {
            List<TestReach> ordered = new ArrayList<>(rows);
            ordered.sort(Comparator.comparingInt(row -> places[row.test()]));
            NumberWriter out = sections.next();
            out.number(function).number(rows.size());
            ordered.forEach(row -> TestRecords.writeReach(out, places[row.test()], row));
        }
    }

    /**
     * Reads a summary. Parts that are not wanted are passed over.
     *
     * @param name of the input, for errors
     * @param in closed in the end
     * @param size of the input in bytes
     * @throws TraceException if it is not a whole summary file of a version that is known
     */
    public static Summary read(String name, InputStream in, long size, Set<Summary.Part> parts) throws IOException {
        Activity activity = new Activity();
        TestActivity tests = new TestActivity();
        List<CodeIdentity> identities = new ArrayList<>();
        Texts texts = new Texts();
        MetadataRecords.Pool pool = new MetadataRecords.Pool();
        boolean withTests = parts.contains(Summary.Part.TESTS);
        try (SectionReader sections = new SectionReader(name, in, size)) {
            for (byte type = sections.next(); type != Section.END; type = sections.next()) {
                try {
                    switch (type) {
                        case Section.STRINGS -> texts.addAll(sections.records());
                        case Section.INPUTS -> {
                            NumberReader records = sections.records();
                            while (records.hasMore()) {
                                activity.add(InputRecords.read(records, texts, pool));
                            }
                        }
                        case Section.FUNCTIONS -> {
                            NumberReader records = sections.records();
                            while (records.hasMore()) {
                                FunctionActivity function = FunctionRecords.read(records, texts);
                                identities.add(function.identity());
                                activity.add(function);
                            }
                        }
                        case Section.TESTS -> {
                            NumberReader records = sections.records();
                            while (withTests && records.hasMore()) {
                                tests.add(TestRecords.read(records, texts));
                            }
                        }
                        case Section.REACHES -> {
                            if (withTests) {
                                readReaches(sections.records(), identities, tests);
                            }
                        }
                        default -> {
                            if (!sections.isOptional()) {
                                throw sections.malformed("expected a section of a known type, found " + (char) type);
                            }
                        }
                    }
                } catch (MalformedNumbersException e) {
                    throw sections.malformed(e.getMessage() + ", at byte " + e.position() + " of the section");
                }
            }
            sections.end();
        }
        return Summary.of(parts, activity, tests, new CallTree());
    }

    private static void readReaches(NumberReader in, List<CodeIdentity> identities, TestActivity tests) {
        while (in.hasMore()) {
            int function = in.index();
            if (function >= identities.size()) {
                throw new MalformedNumbersException(
                        in.position(), "expected one of " + identities.size() + " functions, found " + function);
            }
            for (int left = in.count(3); left > 0; left--) {
                tests.add(identities.get(function), TestRecords.readReach(in, tests.size()));
            }
        }
    }
}
