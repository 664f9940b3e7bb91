package dev.tracetool.analysis;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.tracetool.summary.SummaryFile;
import dev.tracetool.trace.EventKind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class KnownCodeTest {
    private static final int UNKNOWN = 0;
    private static final int KNOWN = 1;

    /** With something in each part of a summary. */
    private static Summary run(long pid, int digest) {
        Recording run = new Recording().pid(pid).lineTimes();
        int module = run.code("/p/a.py", "<module>", 1, digest, new int[] {0, 1, 4});
        int f = run.code("/p/a.py", "K.f", 2, digest, new int[] {2, 3});
        return run.thread(0, "Main")
                .start(module, 0)
                .event(EventKind.LINE, module, 1, 1)
                .beginTest("t", 2)
                .beginShared("t", 2)
                .start(f, 3)
                .event(EventKind.LINE, f, 2, 4)
                .event(EventKind.LINE, f, 3, 6)
                .leave(f, 9)
                .endShared("t", 10)
                .endTest("t", "passed", 10)
                .event(EventKind.LINE, module, 4, 11)
                .leave(module, 12)
                .end(13)
                .summary();
    }

    private static Summary together(Summary... all) {
        Summary together = new Summary(EnumSet.allOf(Summary.Part.class));
        for (Summary one : all) {
            together.merge(one);
        }
        return together;
    }

    private static byte[] bytes(Summary summary) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        SummaryFile.write(summary, out);
        return out.toByteArray();
    }

    private static List<String> joined(Recording... runs) {
        Activity all = new Activity();
        for (Recording run : runs) {
            all.merge(run.activity());
        }
        KnownCode known = KnownCode.among(all.identities(), FilePlaces.of(all.inputs(), name -> name));
        Activity joined = new Activity();
        joined.merge(all, code -> known == null ? code : known.apply(code));
        return joined.functions().stream()
                .map(f -> f.identity().qualname() + " " + f.calls() + " "
                        + f.identity().digest().isEmpty())
                .toList();
    }

    private static Recording calling(String file, String qualname, int line, int digest) {
        Recording run = new Recording();
        int code = run.code(file, qualname, line, digest, new int[] {line});
        return run.start(code, 1).leave(code, 2).end(3);
    }

    @Test
    void should_make_every_part_the_same_as_if_all_digests_were_known() throws IOException {
        Summary all = together(run(1, KNOWN), run(2, UNKNOWN), run(3, UNKNOWN));

        byte[] joined = bytes(all.joined());

        assertArrayEquals(bytes(together(run(1, KNOWN), run(2, KNOWN), run(3, KNOWN))), joined);
    }

    @Test
    void should_leave_a_summary_alone_in_which_nothing_can_be_joined() {
        Summary known = together(run(1, KNOWN), run(2, KNOWN));
        Summary unknown = together(run(1, UNKNOWN));

        assertSame(known, known.joined());
        assertSame(unknown, unknown.joined());
    }

    @Test
    void should_join_a_method_that_was_recorded_by_its_name_alone() {
        assertEquals(
                List.of("K.f 2 false"), joined(calling("/a.py", "K.f", 3, KNOWN), calling("/a.py", "f", 3, UNKNOWN)));
    }

    @Test
    void should_join_a_module_whatever_line_and_name_were_recorded() {
        assertEquals(
                List.of("<module> 2 false"),
                joined(calling("/a.py", "<module>", 1, KNOWN), calling("/a.py", "<__main__>", 0, UNKNOWN)));
    }

    @Test
    void should_join_nothing_of_another_file_line_or_name() {
        Recording known = calling("/a.py", "f", 3, KNOWN);

        assertEquals(2, joined(known, calling("/b.py", "f", 3, UNKNOWN)).size());
        assertEquals(2, joined(known, calling("/a.py", "f", 4, UNKNOWN)).size());
        assertEquals(2, joined(known, calling("/a.py", "g", 3, UNKNOWN)).size());
        assertEquals(2, joined(known, calling("/a.py", "f", -1, UNKNOWN)).size());
    }

    @Test
    void should_join_nothing_where_it_can_be_one_or_another() {
        assertEquals(
                List.of("f 1 true", "f 1 false", "f 1 false"),
                joined(
                        calling("/a.py", "f", 3, KNOWN),
                        calling("/a.py", "f", 3, KNOWN + 1),
                        calling("/a.py", "f", 3, UNKNOWN)));
    }
}
