package dev.tracetool.summary;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tracetool.analysis.Arcs;
import dev.tracetool.analysis.CallForest;
import dev.tracetool.analysis.FunctionActivity;
import dev.tracetool.analysis.InputActivity;
import dev.tracetool.analysis.LineHits;
import dev.tracetool.analysis.Recording;
import dev.tracetool.analysis.Summary;
import dev.tracetool.analysis.TestFigures;
import dev.tracetool.source.RecordedSource;
import dev.tracetool.trace.EventKind;
import dev.tracetool.trace.TraceException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SummaryFileTest {
    private static final Set<Summary.Part> ALL = EnumSet.allOf(Summary.Part.class);

    private static byte[] written(Summary summary) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            SummaryFile.write(summary, out);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return out.toByteArray();
    }

    private static Summary read(byte[] file, Set<Summary.Part> parts) throws IOException {
        Summary summary = new Summary(parts);
        new SummaryFile().read("s", new ByteArrayInputStream(file), file.length, runs -> summary);
        return summary;
    }

    private static Summary merged(List<Summary> summaries) {
        Summary merged = new Summary(ALL);
        summaries.forEach(merged::merge);
        return merged;
    }

    /** Everything that a summary tells, as text. */
    private static List<String> text(Summary summary) {
        List<String> text = new ArrayList<>();
        for (InputActivity input : summary.activity().inputs()) {
            text.add(input.name() + " " + input.format() + " " + input.formatVersion() + " " + input.bytes() + " "
                    + input.recorded() + " " + input.eventsByKind() + " " + input.durationNs() + " " + input.threads()
                    + " " + input.complete() + " " + input.damage().notes() + " "
                    + input.damage().bytes() + " "
                    + input.failures() + " " + input.problems().strayEvents() + " "
                    + input.problems().strayLines());
            text.add(input.metadata().toString().replaceAll("@[0-9a-f]+", ""));
            text.add(input.metadata().kinds().kinds().toString());
        }
        for (FunctionActivity f : summary.activity().functions()) {
            LineHits lines = f.lines();
            StringBuilder hits = new StringBuilder();
            for (int line : lines.lines()) {
                hits.append(' ')
                        .append(line)
                        .append(lines.isExecutable(line) ? ':' : '?')
                        .append(lines.hits(line));
            }
            text.add(f.identity() + " " + f.called() + " " + f.calls() + " " + f.returns() + " " + f.yields() + " "
                    + f.unwinds() + " " + f.selfNs() + " " + f.totalNs() + " " + f.hasTable() + " " + f.entryLine()
                    + hits);
        }
        for (FunctionActivity f : summary.activity().functions()) {
            for (int line : summary.lineTimes().lines(f.identity())) {
                text.add(f.identity() + ":" + line + " " + summary.lineTimes().ns(f.identity(), line) + " ns");
            }
        }
        if (summary.activity().recorded().arcs() && summary.arcs().isKnown()) {
            for (FunctionActivity f : summary.activity().functions()) {
                Arcs arcs = summary.arcs().of(f.identity());
                for (int i = 0; i < arcs.size(); i++) {
                    text.add(f.identity() + " " + arcs.from(i) + "->" + arcs.to(i));
                }
            }
        }
        CallForest tree = summary.tree().forest();
        List<String> nodes = new ArrayList<>();
        String[] paths = new String[tree.size()];
        for (int node = 0; node < tree.size(); node++) {
            paths[node] = node == 0 ? "" : paths[tree.parent(node)] + "/" + tree.frame(node);
            nodes.add(paths[node] + " " + tree.calls(node) + " " + tree.recursiveCalls(node) + " " + tree.selfNs(node)
                    + " " + tree.totalNs(node));
        }
        Collections.sort(nodes);
        text.addAll(nodes);
        for (TestFigures test :
                TestFigures.of(summary.tests(), summary.activity().functions())) {
            text.add(test.toString());
        }
        summary.timeline()
                .threads()
                .forEach((thread, row) -> text.add(thread + " " + row.busyNs().shift() + " "
                        + Arrays.toString(row.busyNs().sums()) + " "
                        + row.calls().shift() + " "
                        + Arrays.toString(row.calls().sums())));
        List<String> times = new ArrayList<>();
        summary.timeline()
                .forEachFunction((function, timeOfDay, shift, spans, ns) -> times.add(function + " " + timeOfDay + " "
                        + shift + " " + Arrays.toString(spans) + " " + Arrays.toString(ns)));
        Collections.sort(times);
        text.addAll(times);
        summary.sources()
                .all()
                .forEach(source -> source.contents()
                        .forEach((digest, bytes) -> text.add(
                                source.file() + " " + digest + " " + (bytes == null ? "" : Arrays.toString(bytes)))));
        return text;
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void should_keep_unknown_what_a_trace_does_not_store() throws IOException {
        Recording run = new Recording(EventKind.PY_START, EventKind.PY_RETURN, EventKind.LINE).bare();
        int f = run.code("/p/a.py", "f", -1);
        run.thread(0, "").start(f, 0).lines(f, 2, 3, 3).leave(f, 0).end();
        Summary summary = run.summary();
        byte[] file = written(summary);
        Summary again = read(file, ALL);
        assertEquals(text(summary), text(again));
        FunctionActivity function = again.activity().functions().get(0);
        assertFalse(function.hasTable() || function.identity().hasFirstLine());
        assertArrayEquals(file, written(again));
    }

    private static Recording random(long seed) {
        Random random = new Random(seed);
        Recording run = new Recording().cwd(seed % 3 == 0 ? "/p\u202e\n" : "/q");
        int codes = 1 + random.nextInt(6);
        for (int c = 0; c < codes; c++) {
            run.code("/p/" + c / 2 + ".py", "f" + c + " \u00e9\ud83d\ude00", 10 * c, 10 * c, 10 * c + 3, 10 * c + 1);
        }
        run.thread(0, "MainThread").thread(7, "T");
        if (random.nextInt(3) == 0) {
            run.lineTimes();
        }
        run.pid(seed).startedAt("2026-11-0" + (1 + seed % 5) + "T10:00:00." + seed + "+01:00");
        for (int c = 0; c < codes; c++) {
            byte[] source = ("x = " + random.nextInt(4) + "\n").getBytes(StandardCharsets.UTF_8);
            run.source("/p/" + c + ".py", sha256(source), random.nextInt(3) == 0 ? null : source);
        }
        int time = 0;
        for (int i = 0; i < 60; i++) {
            run.on(random.nextInt(2) * 7);
            int code = random.nextInt(codes);
            time += random.nextInt(1_000_000);
            if (random.nextInt(8) == 0) {
                run.beginTest("test " + random.nextInt(5), time);
            }
            if (random.nextInt(8) == 0) {
                run.beginShared("fixture", time);
            } else if (random.nextInt(4) == 0) {
                run.endShared("fixture", time);
            }
            for (int depth = random.nextInt(3); depth > 0; depth--) {
                run.start(random.nextInt(codes), time++);
            }
            run.start(code, time);
            for (int line : new int[] {10 * code + random.nextInt(6), 10 * code + 1}) {
                time += random.nextInt(1_000_000);
                run.event(EventKind.LINE, code, line, time);
            }
            time += random.nextInt(1_000_000);
            run.event(random.nextBoolean() ? EventKind.PY_RETURN : EventKind.PY_UNWIND, code, 4, time);
            if (random.nextInt(8) == 0) {
                run.endTest("test " + random.nextInt(5), random.nextBoolean() ? "passed" : "failed", time);
            }
        }
        if (random.nextInt(3) == 0) {
            run.damage("expected x, found y", 20, 1, 100).failure("disk full\n");
        } else {
            run.end(time + 1);
        }
        return run;
    }

    /** Files are read straight into what they are added to. */
    @Test
    void reading_one_after_the_other_is_merging() throws IOException {
        for (int seed = 0; seed < 50; seed++) {
            List<Summary> parts = new ArrayList<>();
            Summary read = new Summary(ALL);
            for (int part = 0; part < 4; part++) {
                byte[] file = written(random(4L * seed + part).summary());
                parts.add(read(file, ALL));
                new SummaryFile().read("s", new ByteArrayInputStream(file), file.length, runs -> read);
            }
            assertEquals(text(merged(parts)), text(read));
            assertArrayEquals(written(merged(parts)), written(read));
        }
    }

    @Test
    void what_is_written_is_read() throws IOException {
        for (int seed = 0; seed < 50; seed++) {
            Summary summary = random(seed).summary();
            Summary read = read(written(summary), ALL);
            assertEquals(text(summary), text(read), "seed " + seed);
            assertArrayEquals(written(summary), written(read), "seed " + seed);
        }
    }

    @Test
    void what_followed_on_a_line_is_known_only_where_a_section_tells_it() throws IOException {
        Recording run = new Recording();
        int f = run.code("/p.py", "f", 1, 1, 2, 3);
        run.start(f, 0).lines(f, 2, 3, 2).leave(f, 25).end(30);
        byte[] file = written(run.summary());
        assertEquals("SIFCLmnaZ", Sections.types(file));
        Summary read = read(file, ALL);
        assertTrue(read.arcs().isKnown());
        Arcs arcs = read.arcs().of(read.activity().functions().get(0).identity());
        assertEquals(3, arcs.size());
        byte[] withoutSection = Sections.without(file, 'a'); // as those of earlier versions have it
        assertFalse(read(withoutSection, ALL).arcs().isKnown());
        assertFalse(read(written(read(withoutSection, ALL)), ALL).arcs().isKnown());
        Recording once = new Recording().once(EventKind.LINE);
        once.code("/p.py", "f", 1, 1, 2);
        assertEquals("SIFCZ", Sections.types(written(once.end(30).summary())));
    }

    @Test
    void what_ran_for_several_tests_is_kept() throws IOException {
        Recording run = new Recording();
        int f = run.code("/p.py", "f", 1, 1, 2);
        int g = run.code("/p.py", "g", 4, 4, 5);
        run.beginTest("t", 0).start(g, 1).lines(g, 5).leave(g, 2).beginShared("x", 3);
        run.start(f, 3).lines(f, 2).leave(f, 4).endShared("x", 5).endTest("t", "passed", 6);
        byte[] file = written(run.end(30).summary());
        assertEquals("SIFTRfCLmnaZ", Sections.types(file));
        Summary read = merged(List.of(read(file, ALL), new Recording().end(1).summary()));
        for (FunctionActivity function : read.activity().functions()) {
            boolean shared = read.tests().isShared(function.identity());
            assertEquals(function.identity().qualname().equals("f"), shared);
        }
        assertFalse(
                Sections.types(written(read(Sections.without(file, 'f'), ALL))).contains("f"));
    }

    @Test
    void a_summary_of_nothing_is_one() throws IOException {
        assertEquals(List.of(" 0 0 0 0"), text(read(written(new Summary(ALL)), ALL)));
    }

    @Test
    void parts_that_are_not_wanted_are_passed_over() throws IOException {
        Summary read = read(written(random(1).summary()), Set.of());
        assertEquals(0, read.tests().size());
        assertEquals(
                random(1).summary().activity().functions().size(),
                read.activity().functions().size());
    }

    @Test
    void merging_summaries_in_any_order_and_grouping_is_summarising_the_whole() throws IOException {
        for (int seed = 0; seed < 20; seed++) {
            Random random = new Random(seed);
            List<Summary> runs = new ArrayList<>();
            for (int i = 0; i < 7; i++) {
                runs.add(random(100 * seed + i).summary());
            }
            byte[] whole = written(merged(runs));
            Collections.shuffle(runs, random);
            while (runs.size() > 1) {
                int from = random.nextInt(runs.size() - 1);
                int to = from + 1 + random.nextInt(runs.size() - from);
                byte[] group = written(merged(runs.subList(from, to)));
                runs.subList(from, to).clear();
                runs.add(from, read(group, ALL));
            }
            assertArrayEquals(whole, written(merged(runs)), "seed " + seed);
        }
    }

    @Test
    void more_records_than_fit_in_a_section_are_several() throws IOException {
        Recording run = new Recording();
        int[] lines = new int[400];
        Random random = new Random(1);
        for (int c = 0; c < 12_000; c++) {
            for (int i = 0; i < lines.length; i++) {
                lines[i] = (i == 0 ? 1 : lines[i - 1]) + 1 + random.nextInt(5);
            }
            run.code("/p.py", "f" + c, 1, lines);
        }
        run.end(5);
        Summary summary = run.summary();
        byte[] file = written(summary);
        assertArrayEquals(file, written(read(file, ALL)));
        assertEquals("SIFFCaZ", Sections.types(file));
    }

    @Test
    void a_summary_cut_at_any_byte_is_refused() {
        byte[] file = written(random(5).summary());
        for (int length = 0; length < file.length; length++) {
            byte[] cut = Arrays.copyOf(file, length);
            assertThrows(TraceException.class, () -> read(cut, ALL), "cut at " + length);
        }
        assertThrows(TraceException.class, () -> read(Arrays.copyOf(file, file.length + 1), ALL));
    }

    @Test
    void a_summary_with_any_byte_changed_is_refused_or_tells_the_same() throws IOException {
        Summary summary = random(5).summary();
        byte[] file = written(summary);
        for (int at = 0; at < file.length; at++) {
            for (int bit = 0; bit < 8; bit++) {
                byte[] changed = file.clone();
                changed[at] ^= (byte) (1 << bit);
                try {
                    assertEquals(text(summary), text(read(changed, ALL)), "byte " + at);
                } catch (TraceException e) {
                    assertTrue(e.position() <= at, e.position() + " for byte " + at + ": " + e.getMessage());
                }
            }
        }
    }

    /** Sections whose checksums are right and whose records are anything. */
    @Test
    void records_that_lie_are_refused_and_cost_nothing() throws IOException {
        byte[] file = written(random(5).summary());
        for (int seed = 0; seed < 600; seed++) {
            byte[] lying = Sections.withChangedRecords(file, new Random(seed));
            try {
                text(read(lying, ALL));
            } catch (TraceException e) {
                assertTrue(e.getMessage().contains("expected"), e.getMessage());
            }
        }
    }

    @Test
    void should_name_another_version_and_say_what_to_do() {
        byte[] file = written(random(5).summary());
        String expected = "expected a summary file of version 2, found version ";
        assertRefused(expected + "3, which a later tracetool wrote; that one can read it", file, 3);
        assertRefused(expected + "1, which an earlier tracetool wrote; summarize the traces again", file, 1);
    }

    private static void assertRefused(String message, byte[] file, int version) {
        byte[] other = Sections.withVersion(file, version);
        TraceException refused = assertThrows(TraceException.class, () -> read(other, ALL));
        assertEquals(message, refused.getMessage());
        assertEquals(8, refused.position());
    }

    @Test
    void sections_of_unknown_types_are_passed_over_if_they_are_optional() throws IOException {
        Summary summary = random(5).summary();
        byte[] file = written(summary);
        assertEquals(text(summary), text(read(Sections.withSection(file, 'q', new byte[] {1, 2, 3}), ALL)));
        TraceException refused = assertThrows(
                TraceException.class, () -> read(Sections.withSection(file, 'Q', new byte[] {1, 2, 3}), ALL));
        assertEquals("expected a section of a known type, found Q", refused.getMessage());
    }

    /** A text that is not what its file was has another digest, which no file has. */
    @Test
    void a_text_of_no_digest_belongs_to_no_file() throws IOException {
        byte[] text = "x = 1\n".getBytes(StandardCharsets.UTF_8);
        Recording run = new Recording().source("/p/a.py", sha256(text), null).end(1);
        byte[] file = written(run.summary());
        byte[] other = "x = 2\n".getBytes(StandardCharsets.UTF_8);
        for (byte[] content : List.of(text, other)) {
            byte[] record = new byte[content.length + 1];
            record[0] = (byte) content.length;
            System.arraycopy(content, 0, record, 1, content.length);
            byte[] lying = Sections.withLastSection(file, 'x', record);
            byte[] found = read(lying, ALL)
                    .sources()
                    .all()
                    .iterator()
                    .next()
                    .contents()
                    .get(sha256(text));
            assertArrayEquals(content == text ? text : null, found);
        }
    }

    @Test
    void a_text_that_several_files_have_is_kept_once() throws IOException {
        byte[] text = new byte[10_000];
        new Random(1).nextBytes(text);
        Recording run = new Recording();
        for (int i = 0; i < 20; i++) {
            run.source("/p/" + i + ".py", sha256(text), text);
        }
        byte[] file = written(run.end(1).summary());
        assertTrue(file.length < 12_000, file.length + " bytes");
        read(file, ALL)
                .sources()
                .all()
                .forEach(source -> assertArrayEquals(text, source.contents().get(sha256(text))));
    }

    /** The longest give way, whatever comes first. */
    @Test
    void texts_are_bounded() throws IOException {
        List<Summary> parts = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            byte[] text = new byte[(6 + i) << 20];
            parts.add(new Recording()
                    .source("/p/" + i + ".py", sha256(text), text)
                    .end(1)
                    .pid(i)
                    .summary());
        }
        List<String> kept = kept(merged(parts));
        assertEquals(List.of("/p/0.py", "/p/1.py", "/p/2.py", "/p/3.py"), kept);
        assertTrue(!merged(parts).sources().isWhole()
                && merged(parts.subList(0, 4)).sources().isWhole());
        for (int seed = 0; seed < 5; seed++) {
            Collections.shuffle(parts, new Random(seed));
            Summary some = merged(parts.subList(0, 2));
            some.merge(merged(parts.subList(2, 5)));
            assertEquals(kept, kept(some));
        }
        assertEquals(kept, kept(read(written(merged(parts)), ALL)));
    }

    private static List<String> kept(Summary summary) {
        return summary.sources().all().stream()
                .filter(source -> source.contents().values().stream().anyMatch(text -> text != null))
                .map(RecordedSource::file)
                .toList();
    }

    @Test
    void a_section_that_yields_more_than_it_claims_is_refused() {
        byte[] file = written(random(5).summary());
        for (int claimed : new int[] {0, 1, 2, 4, 5, 1 << 20, 1 << 27, -1}) {
            byte[] lying = Sections.withSection(file, 'S', new byte[] {2, 'a', 'b'}, claimed);
            assertThrows(TraceException.class, () -> read(lying, ALL), "claimed " + claimed);
        }
    }
}
