package dev.tracetool.cli.diff;

import static dev.tracetool.cli.HostileText.HOSTILE_FILE;
import static dev.tracetool.cli.HostileText.HOSTILE_NAME;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tracetool.analysis.Recording;
import dev.tracetool.cli.Cli;
import dev.tracetool.testing.RecordingFile;
import dev.tracetool.trace.EventKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiffCommandTest {
    @TempDir
    Path folder;

    private Path base = Path.of("unset");
    private Path head = Path.of("unset");

    @BeforeEach
    void writeTraces() throws IOException {
        base = write("base.bin", before(new Recording(), 1));
        head = write("head.bin", after(new Recording(), 1));
    }

    private Path write(String name, Recording run) throws IOException {
        return RecordingFile.write(run, folder.resolve(name));
    }

    private static Recording before(Recording run, long factor) {
        int same = run.code("/p/a.py", "same", 1, 1, new int[] {1, 2});
        int often = run.code("/p/a.py", "often", 4, 1, new int[] {4, 5, 6});
        int gone = run.code("/p/a.py", "gone", 8, 1, new int[] {8, 9});
        int edited = run.code("/p/lib/b.py", "Box.edited", 2, 1, new int[] {2, 3});
        run.thread(0, "MainThread");
        run.start(same, 0).lines(same, 2).leave(same, 1000 * factor);
        run.start(often, 2000 * factor).lines(often, 5).leave(often, 4000 * factor);
        run.start(gone, 5000 * factor).lines(gone, 9).leave(gone, 6000 * factor);
        run.start(edited, 7000 * factor).lines(edited, 3).leave(edited, 9000 * factor);
        return run.end(10_000 * factor);
    }

    private static Recording after(Recording run, long factor) {
        run.cwd("/other");
        int same = run.code("/other/a.py", "same", 1, 1, new int[] {1, 2});
        int often = run.code("/other/a.py", "often", 5, 1, new int[] {5, 6, 7});
        int fresh = run.code("/other/a.py", "fresh", 9, 1, new int[] {9, 10});
        int edited = run.code("/other/lib/b.py", "Box.edited", 2, 2, new int[] {2, 3});
        run.thread(0, "MainThread");
        run.start(same, 0).lines(same, 2).leave(same, 1000 * factor);
        for (int i = 0; i < 3; i++) {
            run.start(often, (2000 + i) * factor).lines(often, 6, 7).leave(often, (2000 + i) * factor + 1);
        }
        run.start(fresh, 5000 * factor).lines(fresh, 10).leave(fresh, 6000 * factor);
        run.start(edited, 7000 * factor).lines(edited, 3).leave(edited, 9500 * factor);
        return run.end(12_000 * factor);
    }

    private static String ok(Object... args) {
        return run(args).ok();
    }

    private static Cli.Result run(Object... args) {
        return Cli.runAll(List.of("diff"), args);
    }

    private static void refused(String message, Object... args) {
        Cli.Result result = run(args);
        assertEquals("", result.out());
        assertEquals("tracetool diff: " + message + " (see 'tracetool diff --help')\n", result.err());
        assertEquals(2, result.exitCode());
    }

    private String named(String text) {
        return text.replace("FOLDER", folder.toString());
    }

    @Test
    void should_list_what_changed_counts_first() {
        assertEquals(named("""
                Base, 1 run
                FOLDER/base.bin: cpython 3.13.0, mode lines, 12 events, 10.0 µs
                Head, 1 run
                FOLDER/head.bin: cpython 3.13.0, mode lines, 21 events, 12.0 µs

                  functions    4 changed of 5: 1 new, 1 gone, 1 with changed code, 1 that ran otherwise; 1 moved to other lines
                  files        2 changed of 2
                  calls        4 → 6  +2 ×1.50
                  exceptions   0
                  line events  4 → 9  +5 ×2.25
                  lines hit    8 → 9  +1 ×1.13
                  self         6.00 µs → 4.50 µs  (-1.50 µs ×0.75)
                  duration     10.0 µs → 12.0 µs  (+2.00 µs ×1.20)
                  note         times (in parentheses) count as changed only between medians of several runs on each side, here 1 run and 1 run

                Files
                  calls   Δ calls  line events  Δ line events  lines hit  Δ lines hit               self            Δ self  what     file
                  3 → 5  +2 ×1.67        3 → 8       +5 ×2.67      6 → 7     +1 ×1.17  4.00 µs → 2.00 µs  (-2.00 µs ×0.50)  changed  a.py
                      1                      1                         2               2.00 µs → 2.50 µs   (+500 ns ×1.25)  changed  lib/b.py

                """), ok(base, head, "--by", "file") + "\n");
    }

    @Test
    void should_say_that_a_run_differs_from_itself_in_nothing() {
        String text = ok(base, base, "--exit-code");
        assertTrue(text.contains("  functions    0 changed of 4\n"), text);
        assertTrue(text.endsWith("\nNothing changed.\n"), text);
        assertTrue(ok(base, base, "--format", "markdown").endsWith("\nNothing changed.\n"));
        assertEquals(1, ok(base, base, "--format", "csv").lines().count(), "heads alone");
        String json = ok(base, base, "--format", "json");
        assertTrue(json.contains("\"changed\": false"), json);
        assertTrue(json.contains("\"functions\": []"), json);
    }

    @Test
    void should_exit_with_1_on_request_if_what_it_lists_changed() {
        assertEquals(0, run(base, head).exitCode());
        assertEquals(1, run(base, head, "--exit-code").exitCode());
        assertEquals(
                1,
                run(base, head, "--exit-code", "--top", "1", "--function", "gone")
                        .exitCode());
        assertEquals(0, run(base, head, "--exit-code", "--function", "same").exitCode());
        assertEquals(
                1,
                run(base, head, "--exit-code", "--only-head", "--function", "fresh")
                        .exitCode());
        assertEquals(
                0,
                run(base, head, "--exit-code", "--only-head", "--function", "gone")
                        .exitCode());
        assertEquals(
                0,
                run(base, head, "--exit-code", "--both", "--by", "function", "--function", "same")
                        .exitCode());
        assertEquals(
                1,
                run(base, head, "--exit-code", "--both", "--by", "function", "--function", "often")
                        .exitCode());
    }

    private static List<String> column(String csv, int column) {
        List<String> values = new ArrayList<>();
        csv.lines().skip(1).forEach(line -> values.add(line.split(",", -1)[column]));
        return values;
    }

    @Test
    void should_have_the_sets_of_what_ran() {
        assertEquals(List.of("gone"), column(ok(base, head, "--only-base", "--format", "csv"), 1));
        assertEquals(List.of("fresh"), column(ok(base, head, "--only-head", "--format", "csv"), 1));
        assertEquals(
                List.of("same", "often", "Box.edited"),
                column(ok(base, head, "--both", "--format", "csv", "--sort", "name"), 1));
        assertEquals(
                5, column(ok(base, head, "--unchanged", "--format", "csv"), 1).size());
        assertEquals(4, column(ok(base, head, "--format", "csv"), 1).size());
        refused("--only-base and --both exclude each other", base, head, "--both", "--only-base");
    }

    @Test
    void should_list_lines_with_the_numbers_of_both_sides() {
        assertEquals("""
                file,base_line,head_line,changed,ran_in_base,ran_in_head,base_hits,head_hits,hits_change,hits_ratio,hits_changed
                a.py,6,7,true,false,true,0,3,3,,true
                a.py,,10,true,false,true,0,1,1,,true
                """, ok(base, head, "--by", "line", "--only-head", "--format", "csv"));
        String text = ok(base, head, "--by", "line");
        assertTrue(text.contains("a.py:6 → 7\n"), text);
        assertTrue(text.contains("lines of 1 function whose code changed cannot be compared"), text);
    }

    @Test
    void should_print_csv_with_all_figures() {
        assertEquals("""
                file,code,changed,ran_in_base,ran_in_head,base_calls,head_calls,calls_change,calls_ratio,calls_changed,\
                base_unwinds,head_unwinds,unwinds_change,unwinds_ratio,unwinds_changed,base_line_events,head_line_events,\
                line_events_change,line_events_ratio,line_events_changed,base_lines_hit,head_lines_hit,lines_hit_change,\
                lines_hit_ratio,lines_hit_changed,base_self_ns,head_self_ns,self_ns_change,self_ns_ratio,self_ns_changed
                a.py,changed,true,true,true,3,5,2,1.66667,true,0,0,0,,false,3,8,5,2.66667,true,6,7,1,1.16667,true,4000,2003,-1997,0.50075,false
                """, ok(base, head, "--by", "file", "--format", "csv", "--top", "1"));
    }

    @Test
    void should_print_json() {
        String json = ok(base, head, "--format", "json", "--by", "function", "--function", "often");
        assertTrue(json.startsWith("{\n  \"schema\": \"tracetool.diff/1\",\n  \"base\": [\n"), json);
        assertTrue(json.contains("""
                    {
                      "file": "a.py",
                      "qualname": "often",
                      "code": "moved",
                      "base": {
                        "file": "/p/a.py",
                        "first_line": 4,
                        "digest": "00000001000000000000000000000000"
                      },
                      "head": {
                        "file": "/other/a.py",
                        "first_line": 5,
                        "digest": "00000001000000000000000000000000"
                      },
                      "changed": true,
                      "ran_in_base": true,
                      "ran_in_head": true,
                      "calls": {
                        "base": 1,
                        "head": 3,
                        "change": 2,
                        "ratio": 3,
                        "changed": true
                      },
                """), json);
        assertTrue(json.contains("\"times\": false,\n    \"time_percent\": 10,\n    \"time_floor_ns\": 1000000"), json);
    }

    private List<Path> several(boolean after, int runs) throws IOException {
        List<Path> files = new ArrayList<>();
        for (int i = 0; i < runs; i++) {
            Recording run = after ? after(new Recording(), 1000 + i) : before(new Recording(), 1000 + i);
            files.add(write((after ? "head" : "base") + i + ".bin", run));
        }
        return files;
    }

    private static Object[] sides(List<Path> base, List<Path> head, Object... options) {
        List<Object> words = new ArrayList<>(List.of("--base"));
        words.addAll(base);
        words.add("--head");
        words.addAll(head);
        words.addAll(List.of(options));
        return words.toArray();
    }

    @Test
    void should_judge_times_of_several_runs_by_percent_and_floor() throws IOException {
        List<Path> before = several(false, 3);
        List<Path> after = several(true, 3);
        String text = ok(sides(before, after, "--by", "function", "--time-floor", "100us"));
        assertTrue(text.startsWith("Base, 3 runs\n"), text);
        assertTrue(
                text.contains(
                        "times are medians of 3 runs and 3 runs; they count as changed (else in parentheses) by more"
                                + " than 10% and 100 µs"),
                text);
        assertTrue(text.contains("  duration     10.0 ms → 12.0 ms  +2.00 ms ×1.20\n"), text);
        String edited = text.lines()
                .filter(line -> line.contains("Box.edited"))
                .findFirst()
                .orElseThrow();
        assertTrue(edited.contains("2.00 ms → 2.50 ms") && edited.contains("  +501 µs ×1.25"), edited);
        String strict = ok(sides(before, after, "--by", "function"));
        assertTrue(strict.contains("(+501 µs ×1.25)"), strict);
        String percent = ok(sides(before, after, "--by", "function", "--time-floor", "0", "--time-percent", "25.1%"));
        assertTrue(percent.contains("(+501 µs ×1.25)"), percent);
        String json = ok(sides(before, after, "--by", "file", "--format", "json"));
        assertTrue(json.contains("\"base_min\": 10000000,\n      \"base_max\": 10020000,"), json);
    }

    @Test
    void should_name_counts_that_vary_within_a_side() throws IOException {
        List<Path> mixed = List.of(write("m1.bin", calls(1)), write("m3.bin", calls(3)));
        List<Path> alike = List.of(write("m2.bin", calls(2)));
        String text = ok(sides(mixed, alike, "--by", "function", "--unchanged"));
        assertTrue(text.contains("counts of 1 function vary from run to run of one side"), text);
        assertTrue(text.contains("  2 [1–3] → 2  "), text);
        assertEquals(0, run(sides(mixed, alike, "--exit-code")).exitCode());
        text = ok(sides(mixed, List.of(write("m0.bin", calls(3))), "--by", "function", "--unchanged"));
        assertTrue(text.contains("2 [1–3] → 3  (+1 ×1.50)"), text);
    }

    private static Recording calls(int calls) {
        Recording run = new Recording();
        int f = run.code("/p/a.py", "f", 1, 1, new int[] {1, 2});
        for (int i = 0; i < calls; i++) {
            run.start(f, i).leave(f, i);
        }
        return run.end(calls);
    }

    @Test
    void should_take_the_traces_of_one_runs_processes_together() throws IOException {
        Path child = write("base.77.bin", before(new Recording().parentTrace("base.bin"), 1));
        Path grandchild = write("base.78.bin", before(new Recording().parentTrace("base.77.bin"), 1));
        String text = ok(sides(List.of(grandchild, base, child), List.of(head), "--function", "often"));
        assertTrue(text.startsWith("Base, 1 run\n"), text);
        assertTrue(text.contains("  calls        3\n"), text);
    }

    @Test
    void should_take_summaries_and_folders_as_runs_and_a_copy_as_none() throws IOException {
        Path shards = Files.createDirectory(folder.resolve("shards"));
        Files.copy(base, shards.resolve("one.bin"));
        Files.copy(head, shards.resolve("two.bin"));
        Path merged = folder.resolve("merged.sum");
        assertEquals(0, Cli.run("merge", base, head, "-o", merged).exitCode());
        assertTrue(ok(shards, merged, "--exit-code").endsWith("\nNothing changed.\n"));
        Path copy = Files.copy(base, folder.resolve("copy.bin"));
        Cli.Result result = run(sides(List.of(base, copy), List.of(head)));
        assertTrue(result.out().startsWith("Base, 1 run\n"), result.out());
        assertEquals(
                named(
                        "tracetool: warning: FOLDER/copy.bin: is the same as what FOLDER/base.bin holds, and counted once\n"),
                result.err());
    }

    @Test
    void should_refuse_runs_that_were_recorded_in_unlike_ways() throws IOException {
        Path calls = write("calls.bin", callsOnly());
        Path scoped = write("scoped.bin", before(new Recording().include("lib/*"), 1));
        refused(
                "the runs were recorded in unlike ways: events: lines and calls; --force compares what they have in common",
                base,
                calls);
        refused(
                "the runs were recorded in unlike ways: scope: unknown and own code +lib/*; --force compares what they"
                        + " have in common",
                base,
                scoped);
        Cli.Result forced = run(base, calls, "--force");
        assertEquals(0, forced.exitCode());
        assertEquals(
                "tracetool: warning: the runs were recorded in unlike ways: events: lines and calls\n", forced.err());
        assertTrue(forced.out().contains("  not compared  exceptions, line events, lines hit, times\n"), forced.out());
        assertTrue(forced.out().contains("  calls         4 → 1"), forced.out());
    }

    private static Recording callsOnly() {
        Recording run = new Recording(EventKind.PY_START).mode("calls");
        int f = run.code("/p/a.py", "same", 1, 1, new int[] {1, 2});
        return run.start(f, 0).end(10);
    }

    @Test
    void should_note_unlike_machines_and_pythons() throws IOException {
        Path other = write("other.bin", after(new Recording().host("ci-7").python("3.12.1"), 1));
        String text = ok(base, other);
        assertTrue(text.contains("times of unlike machines: host (linux) and ci-7 (linux)"), text);
        assertTrue(text.contains("times and code of unlike Pythons: cpython 3.13.0 and cpython 3.12.1"), text);
        assertTrue(text.contains("whether the code of 1 function changed cannot be known"), text);
    }

    @Test
    void should_map_paths() throws IOException {
        Recording run = new Recording().cwd("/elsewhere");
        run.code("/build/7/a.py", "same", 1, 1, new int[] {1, 2});
        Path mapped = write("mapped.bin", run.end(5));
        assertFalse(ok(mapped, head, "--function", "same", "--unchanged").contains("1 moved"));
        String text = ok(mapped, head, "--function", "same", "--map", "/build/7/=/other", "--format", "csv");
        assertEquals(List.of("same"), column(text, 2));
        assertEquals(List.of("/other/a.py"), column(text, 0));
        refused("--map x: expected OLD=NEW, two folders or files", base, head, "--map", "x");
    }

    @Test
    void should_say_how_it_is_used() {
        refused("expected two traces, BASE and HEAD, or several of each after --base and --head", base);
        refused(
                "expected two traces, BASE and HEAD, or several of each after --base and --head; found 3",
                base,
                head,
                head);
        refused("expected two traces, BASE and HEAD, or several of each after --base and --head", "--base", base, head);
        refused("--time-percent 1e3: expected a number such as 10", base, head, "--time-percent", "1e3");
        refused("--by thread: expected one of file, function, line", base, head, "--by", "thread");
        refused("--sort total: no list that is shown has this", base, head, "--by", "file", "--sort", "total");
        refused(
                "--format csv has room for one list; name one with --by",
                base,
                head,
                "--by",
                "file,line",
                "--format",
                "csv");
        Cli.Result missing = run(base, folder.resolve("none.bin"));
        assertEquals(3, missing.exitCode());
        assertEquals("tracetool: " + folder.resolve("none.bin") + ": no such file\n", missing.err());
    }

    @Test
    void should_report_damage_and_fail_if_it_is_to_be_strict() throws IOException {
        byte[] bytes = Files.readAllBytes(head);
        Path cut = Files.write(folder.resolve("cut.bin"), java.util.Arrays.copyOf(bytes, bytes.length - 20));
        Cli.Result result = run(base, cut);
        assertEquals(0, result.exitCode());
        assertTrue(result.err().contains("was not closed"), result.err());
        assertEquals(3, run(base, cut, "--strict").exitCode());
        assertEquals(3, run(base, cut, "--strict", "--exit-code").exitCode(), "a damaged trace is no difference");
    }

    @Test
    void should_never_overwrite_an_input_of_either_side() {
        Cli.Result result = run(base, head, "-o", head, "--force");
        assertEquals(2, result.exitCode());
        assertTrue(result.err().contains("is an input, and is never overwritten"), result.err());
    }

    private List<Path> hostile() throws IOException {
        List<Path> files = new ArrayList<>();
        for (int calls = 1; calls <= 2; calls++) {
            Recording run = new Recording().host(HOSTILE_NAME + calls).python(HOSTILE_FILE);
            int f = run.code(HOSTILE_FILE, HOSTILE_NAME, 1, 1);
            run.start(f, 1).lines(f, 1).leave(f, 2);
            if (calls == 2) {
                run.start(f, 3).leave(f, 4);
            }
            files.add(write("hostile" + calls + ".bin", run.end(9)));
        }
        return files;
    }

    @Test
    void should_make_hostile_names_harmless_in_every_format() throws IOException {
        List<Path> files = hostile();
        for (String format : List.of("table", "json", "csv", "markdown")) {
            Cli.Result result = run(files.get(0), files.get(1), "--format", format);
            assertEquals(0, result.exitCode());
            for (String text : List.of(result.out(), result.err())) {
                assertFalse(text.chars().anyMatch(c -> c < ' ' && c != '\n' || c == 0x202e), format + text);
                assertTrue(text.lines().noneMatch(line -> line.strip().startsWith("::")), format + text);
                assertFalse(text.contains("##["), format + text);
            }
        }
        String csv = ok(files.get(0), files.get(1), "--format", "csv");
        assertTrue(csv.contains("'=cmd()"), csv);
        String markdown = ok(files.get(0), files.get(1), "--format", "markdown");
        assertFalse(markdown.replaceAll("`[^`\n]*`", "").contains("<b>"), markdown);
        assertTrue(markdown.lines().filter(line -> line.startsWith("|")).allMatch(line -> line.endsWith("|")));
    }

    @Test
    void should_refuse_with_harmless_words() throws IOException {
        Path other = write(
                "mode.bin", new Recording(EventKind.LINE).mode(HOSTILE_NAME).end(1));
        Cli.Result result = run(base, other);
        assertEquals(2, result.exitCode());
        assertEquals(1, result.err().lines().count(), result.err());
        assertFalse(result.err().contains("##["), result.err());
    }

    @Test
    void should_write_markdown_that_fits_into_a_comment_with_whole_rows() throws IOException {
        Recording before = new Recording();
        Recording after = new Recording();
        String name = "g\ud83d\ude00".repeat(40);
        int all = 2000;
        for (int i = 0; i < all; i++) {
            before.code("/p/file" + i % 700 + ".py", name + i, 1 + i, 1, new int[] {1 + i});
            int f = after.code("/p/file" + i % 700 + ".py", name + i, 1 + i, 1, new int[] {1 + i});
            after.start(f, i).leave(f, i);
        }
        before.code("/p/long.py", "n".repeat(100_000), 1, 1, new int[] {1});
        Path one = write("many1.bin", before.end(all));
        Path two = write("many2.bin", after.end(all));
        String text = ok(one, two, "--format", "markdown", "--top", "0");
        assertTrue(text.length() <= 65_536, "chars: " + text.length());
        assertTrue(text.length() > 60_000, "uses the room: " + text.length());
        for (String list : text.split("### ", -1)) {
            if (list.startsWith("F")) {
                List<String> rows = list.lines()
                        .filter(line -> line.startsWith("|"))
                        .skip(2)
                        .toList();
                long columns = rows.get(0).chars().filter(c -> c == '|').count();
                assertTrue(rows.stream()
                        .allMatch(row -> row.chars().filter(c -> c == '|').count() == columns));
                String left = list.lines()
                        .filter(line -> line.startsWith("…"))
                        .findFirst()
                        .orElseThrow();
                int expected = (list.startsWith("Files") ? 701 : all + 1) - rows.size();
                assertEquals(String.format("… and %,d more rows, for which there is no room", expected), left);
            }
        }
        assertTrue(text.contains("### Files\n") && text.contains("### Functions\n"));
        String top = ok(one, two, "--format", "markdown");
        assertTrue(top.contains("… and 1,981 more\n"), top);
    }
}
