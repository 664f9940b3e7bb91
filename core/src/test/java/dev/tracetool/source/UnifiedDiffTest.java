package dev.tracetool.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tracetool.source.FileChange.Edit;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class UnifiedDiffTest {
    static UnifiedDiff read(String text) throws IOException {
        return UnifiedDiff.read(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }

    static String text(FileChange file) {
        return file.kind() + " " + file.oldPath() + " " + file.newPath() + (file.binary() ? " binary" : "") + " -"
                + file.removedLines() + " +" + file.addedLines();
    }

    private static List<String> texts(String diff) throws IOException {
        return read(diff).files().stream().map(UnifiedDiffTest::text).toList();
    }

    private static void malformed(String message, String diff) {
        IOException e = assertThrows(MalformedDiffException.class, () -> read(diff));
        assertEquals(message, e.getMessage());
    }

    @Test
    void should_tell_which_lines_are_there_no_more_and_which_are_new() throws IOException {
        FileChange file = read("""
                diff --git a/src/a.py b/src/a.py
                index de98044..a7bc997 100644
                --- a/src/a.py
                +++ b/src/a.py
                @@ -1,3 +1,4 @@ def f():
                 a
                -b
                +B
                 c
                +d
                @@ -10,4 +11,2 @@
                 x
                -y
                -z

                """).files().get(0);
        assertEquals("MODIFIED src/a.py src/a.py -2,11-12 +2,4", text(file));
        assertEquals(List.of(new Edit(2, 1, 2, 1), new Edit(4, 0, 4, 1), new Edit(11, 2, 12, 0)), file.edits());
    }

    @Test
    void should_read_hunks_without_context() throws IOException {
        FileChange file = read("""
                diff --git a/a.py b/a.py
                --- a/a.py
                +++ b/a.py
                @@ -5,0 +6,2 @@
                +x
                +y
                @@ -7,2 +9,0 @@
                -x
                -y
                @@ -20 +20 @@
                -x
                +y
                """).files().get(0);
        assertEquals(List.of(new Edit(6, 0, 6, 2), new Edit(7, 2, 10, 0), new Edit(20, 1, 20, 1)), file.edits());
    }

    @Test
    void should_read_heads_without_hunks() throws IOException {
        assertEquals(
                List.of(
                        "MODIFIED run me.sh run me.sh - +",
                        "ADDED null new file.py - +",
                        "DELETED old.py null - +",
                        "RENAMED a/x.py b/y.py - +",
                        "COPIED x.py y z.py - +",
                        "MODIFIED logo.png logo.png binary - +",
                        "ADDED null icon.png binary - +"),
                texts("""
                        diff --git a/run me.sh b/run me.sh
                        old mode 100644
                        new mode 100755
                        diff --git a/new file.py b/new file.py
                        new file mode 100644
                        index 0000000..e69de29
                        diff --git a/old.py b/old.py
                        deleted file mode 100644
                        index e69de29..0000000
                        diff --git a/x.py b/y.py
                        similarity index 100%
                        rename from a/x.py
                        rename to b/y.py
                        diff --git a/x.py b/y z.py
                        similarity index 100%
                        copy from x.py
                        copy to y z.py
                        diff --git a/logo.png b/logo.png
                        index bdc955b..8835708 100644
                        Binary files a/logo.png and b/logo.png differ
                        diff --git a/icon.png b/icon.png
                        new file mode 100644
                        index bdc955b..8835708
                        GIT binary patch
                        literal 2
                        JcmZQz0ssI600RI3

                        literal 0
                        HcmV?d00001

                        """));
    }

    @Test
    void should_read_names_with_and_without_prefixes() throws IOException {
        for (String[] prefixes : new String[][] {{"a/", "b/"}, {"i/", "w/"}, {"c/", "i/"}, {"", ""}, {"b/", "a/"}}) {
            String diff =
                    "diff --git %1$sa/x y.py %2$sa/x y.py%n--- %1$sa/x y.py\t%n+++ %2$sa/x y.py\t%n@@ -1 +1 @@%n-a%n+b%n"
                            .formatted(prefixes[0], prefixes[1]);
            assertEquals(List.of("MODIFIED a/x y.py a/x y.py -1 +1"), texts(diff));
            String added =
                    "diff --git %1$sb/x.py %2$sb/x.py%nnew file mode 100644%n--- /dev/null%n+++ %2$sb/x.py%n@@ -0,0 +1 @@%n+b%n"
                            .formatted(prefixes[0], prefixes[1]);
            assertEquals(List.of("ADDED null b/x.py - +1"), texts(added));
        }
    }

    @Test
    void should_read_quoted_names_with_escapes_of_bytes() throws IOException {
        assertEquals(
                List.of("MODIFIED ü\t\"q\\.py ü\t\"q\\.py -1 +1", "RENAMED a.py \u0007\b\u000b\f\r\n.py - +"),
                texts("""
                        diff --git "a/\\303\\274\\t\\"q\\\\.py" "b/\\303\\274\\t\\"q\\\\.py"
                        --- "a/\\303\\274\\t\\"q\\\\.py"
                        +++ "b/\\303\\274\\t\\"q\\\\.py"
                        @@ -1 +1 @@
                        -x
                        +y
                        diff --git a/a.py "b/\\a\\b\\v\\f\\r\\n.py"
                        rename from a.py
                        rename to "\\a\\b\\v\\f\\r\\n.py"
                        """));
    }

    @Test
    void should_read_what_diff_prints() throws IOException {
        assertEquals(
                List.of("MODIFIED old/x.py new/x.py -1 +1", "ADDED null new/y.py - +1", "DELETED z.py null -1 +"),
                texts("""
                        diff -ruN old/x.py new/x.py
                        --- old/x.py\t2026-11-23 10:00:00.000000000 +0000
                        +++ new/x.py\t2026-11-23 10:00:00.000000000 +0000
                        @@ -1 +1 @@
                        -a
                        +b
                        --- /dev/null\t1970-01-01
                        +++ new/y.py\t2026-11-23
                        @@ -0,0 +1 @@
                        +b
                        --- a/z.py
                        +++ /dev/null
                        @@ -1 +0,0 @@
                        -b
                        """));
    }

    @Test
    void should_read_lines_that_look_like_heads_by_their_counts() throws IOException {
        assertEquals(List.of("MODIFIED a.sql a.sql -1-2 +1-2"), texts("""
                        --- a/a.sql
                        +++ b/a.sql
                        @@ -1,2 +1,2 @@
                        --- x
                        -@@ -1 +1 @@
                        +++ y
                        +diff --git a/q b/q
                        \\ No newline at end of file
                        """));
    }

    @Test
    void should_read_windows_newlines_and_lines_without_their_blank() throws IOException {
        String diff = "diff --git a/a.py b/a.py\n--- a/a.py\n+++ b/a.py\n@@ -1,3 +1,3 @@\n a\n\n-b\n+c\n";
        assertEquals(List.of("MODIFIED a.py a.py -3 +3"), texts(diff));
        assertEquals(List.of("MODIFIED a.py a.py -3 +3"), texts(diff.replace("\n", "\r\n")));
    }

    @Test
    void should_skip_mails_around_diffs() throws IOException {
        assertEquals(List.of("MODIFIED a.py a.py -1 +1", "MODIFIED b.py b.py -1 +1"), texts("""
                        From 1234 Mon Sep 17 00:00:00 2001
                        Subject: [PATCH] --- and +++
                        --- not a name
                        ---
                         a.py | 2 +-
                         1 file changed

                        diff --git a/a.py b/a.py
                        --- a/a.py
                        +++ b/a.py
                        @@ -1 +1 @@
                        -a
                        +b
                        --\s
                        2.39.5

                        From 1235 Mon Sep 17 00:00:00 2001
                         b.py | 2 +-
                        diff --git a/b.py b/b.py
                        --- a/b.py
                        +++ b/b.py
                        @@ -1 +1 @@
                        -a
                        +b
                        """));
    }

    @Test
    void should_take_nothing_but_nothing_for_an_empty_diff() throws IOException {
        assertEquals(List.of(), texts(""));
        assertEquals(List.of(), texts("\n\n"));
        malformed(
                "line 2: expected a unified diff, as git diff prints it, found ' src/a.py | 2 +-'",
                "\n src/a.py | 2 +-\n");
    }

    @Test
    void should_refuse_diffs_of_merges_and_coloured_ones() {
        String merge =
                "line 1: expected a diff of two versions, found one of a merge; git diff BASE...HEAD makes one of two";
        malformed(merge, "diff --cc a.py\nindex 1,2..3\n--- a/a.py\n+++ b/a.py\n@@@ -1,1 -1,1 +1,1 @@@\n");
        malformed(merge, "@@@ -1,1 -1,1 +1,1 @@@\n");
        malformed(
                "line 1: expected a diff of two versions, found a merge that is not finished",
                "* Unmerged path a.py\n");
        malformed(
                "line 1: expected a diff without colours; git diff --no-color makes one",
                "\u001b[1mdiff --git a/a.py b/a.py\u001b[m\n");
    }

    @Test
    void should_name_the_line_of_what_is_malformed() {
        String head = "diff --git a/a.py b/a.py\n--- a/a.py\n+++ b/a.py\n";
        malformed(
                "line 4: expected the head of a hunk as in '@@ -1,2 +1,3 @@', found '@@ -x +1 @@'",
                head + "@@ -x +1 @@\n");
        malformed(
                "line 5: expected more of the hunk (old lines: 1, new lines: 2), found the end",
                head + "@@ -1,2 +1,2 @@\n-a\n");
        malformed(
                "line 5: expected a line of the hunk, with ' ', '+' or '-' in front, found 'diff --git a/b b/b'",
                head + "@@ -1 +1 @@\ndiff --git a/b b/b\n");
        malformed(
                "line 7: expected no more lines in the hunk, by the counts in its head, found '+c'",
                head + "@@ -1 +1 @@\n-a\n+b\n+c\n");
        malformed(
                "line 7: expected no more lines in the hunk, by the counts in its head, found '--- c'",
                head + "@@ -1 +1 @@\n-a\n+b\n--- c\n-d\n");
        malformed(
                "line 5: expected no more lines in the hunk, by the counts in its head, found '-a'",
                head + "@@ -0,0 +1 @@\n-a\n");
        malformed(
                "line 7: expected a hunk from lines 2 and 2 on, found 1 and 1",
                head + "@@ -1 +1 @@\n-a\n+b\n@@ -1 +1 @@\n-a\n+b\n");
        malformed("line 4: expected a number below 2147483647, found 2147483647", head + "@@ -2147483647 +1 @@\n");
        malformed(
                "line 4: expected lines below 2147483647, found '@@ -2147483646,9 +1 @@'",
                head + "@@ -2147483646,9 +1 @@\n");
        malformed(
                "line 1: expected the names of a file before its first hunk, found '@@ -1 +1 @@'",
                "@@ -1 +1 @@\n-a\n+b\n");
        malformed(
                "line 3: expected a line with +++ and a name, found 'x'", "diff --git a/a.py b/a.py\n--- a/a.py\nx\n");
        malformed(
                "line 3: expected a name, found a quote that does not end", "diff --git a/a b/a\n--- \"a/a\n+++ b/a\n");
        malformed(
                "line 1: expected one name twice behind diff --git, or lines with --- and +++",
                "diff --git a/a b/b c\n");
    }

    /** Anything that somebody hands in ends in a diff or in one line, soon and in little memory. */
    @Test
    void should_survive_hostile_texts() throws IOException {
        String[] parts = {
            "diff --git a/x b/x\n",
            "--- a/x\n",
            "+++ b/x\n",
            "@@ -1,2 +1,2 @@\n",
            "@@ -3 +3 @@",
            " c\n",
            "-r\n",
            "+a\n",
            "\\ No\n",
            "\n",
            "rename from \"",
            "\"\\",
            "\\777\"",
            "rename to y\n",
            "GIT binary patch\n",
            "\0",
            "\u001b",
            "@@@",
            "--- /dev/null\n",
            "+++ /dev/null\n",
            "diff --git \"",
            "9999999999",
            "\r",
            "-- \n"
        };
        int read = 0;
        for (int seed = 0; seed < 20_000; seed++) {
            Random random = new Random(seed);
            StringBuilder text = new StringBuilder();
            for (int i = random.nextInt(14); i >= 0; i--) {
                text.append(parts[random.nextInt(parts.length)]);
            }
            try {
                read(text.toString()).files().forEach(FileChange::path);
                read++;
            } catch (MalformedDiffException e) {
                assertTrue(e.getMessage().matches("(?s)line \\d+: expected .*"), e.getMessage());
            }
        }
        assertTrue(read > 1000 && read < 19_000, "both ends: " + read);
    }

    @Test
    void should_keep_only_the_beginning_of_a_long_line() throws IOException {
        String head = "--- a/min.js\n+++ b/min.js\n@@ -1 +1 @@\n";
        byte[] start = head.getBytes(StandardCharsets.UTF_8);
        long length = 30_000_000;
        InputStream endless = new InputStream() {
            private long at;

            @Override
            public int read() {
                long i = at++;
                return i < start.length
                        ? start[(int) i]
                        : i < length ? '-' : i == length ? '\n' : i == length + 1 ? '+' : -1;
            }

            @Override
            public int read(byte[] bytes, int from, int count) {
                int i = 0;
                for (int b = read(); b >= 0; b = read()) {
                    bytes[from + i++] = (byte) b;
                    if (i == count) {
                        break;
                    }
                }
                return i == 0 ? -1 : i;
            }
        };
        assertEquals(
                "MODIFIED min.js min.js -1 +1",
                text(UnifiedDiff.read(endless).files().get(0)));
        malformed("line 1: expected a name shorter than 65536 bytes", "--- " + "x".repeat(70_000) + "\n+++ y\n");
    }

    @Test
    void should_read_many_files() throws IOException {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 20_000; i++) {
            text.append("diff --git a/f%1$d.py b/f%1$d.py%n--- a/f%1$d.py%n+++ b/f%1$d.py%n@@ -%1$d,0 +%2$d @@%n+x%n"
                    .formatted(i, i + 1));
        }
        List<FileChange> files = read(text.toString()).files();
        assertEquals(20_000, files.size());
        assertEquals("MODIFIED f19999.py f19999.py - +20000", text(files.get(19_999)));
    }

    @Test
    void should_find_lines_in_ranges() throws IOException {
        ChangedLines lines = read("--- a\n+++ b\n@@ -0,0 +3,2 @@\n+x\n+x\n@@ -8,0 +13 @@\n+x\n")
                .files()
                .get(0)
                .addedLines();
        assertEquals("3-4,13", lines.toString());
        assertEquals(3, lines.lines());
        for (int line = 0; line < 16; line++) {
            assertEquals(line == 3 || line == 4 || line == 13, lines.contains(line), "line " + line);
        }
    }
}
