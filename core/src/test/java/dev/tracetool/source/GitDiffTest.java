package dev.tracetool.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What git itself prints, of repositories with known contents. */
class GitDiffTest {
    @TempDir
    Path folder;

    @BeforeEach
    void makeRepository() throws Exception {
        assumeTrue(hasGit(), "there is no git here");
        git("init", "-q", ".");
    }

    private static boolean hasGit() throws InterruptedException {
        try {
            return new ProcessBuilder("git", "--version")
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor(10, TimeUnit.SECONDS);
        } catch (IOException e) {
            return false;
        }
    }

    private byte[] git(String... words) throws Exception {
        List<String> command = new ArrayList<>(List.of("git", "-c", "user.name=n", "-c", "user.email=n@localhost"));
        command.addAll(Arrays.asList(words));
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        // Nobody's own settings.
        builder.environment().put("GIT_CONFIG_GLOBAL", "/dev/null");
        builder.environment().put("GIT_CONFIG_SYSTEM", "/dev/null");
        Path err = folder.resolveSibling(folder.getFileName() + ".err");
        Process process = builder.redirectError(err.toFile()).start();
        byte[] out = process.getInputStream().readAllBytes();
        assertTrue(process.waitFor(30, TimeUnit.SECONDS), "git does not end");
        String said = Files.readString(err);
        Files.delete(err);
        assertEquals(0, process.exitValue(), said);
        return out;
    }

    private void commit() throws Exception {
        git("add", "-A");
        git("commit", "-q", "--allow-empty", "-m", "diff --nothing");
    }

    private void write(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private static List<String> texts(byte[] diff) throws IOException {
        return UnifiedDiff.read(new ByteArrayInputStream(diff)).files().stream()
                .map(UnifiedDiffTest::text)
                .sorted()
                .toList();
    }

    private static final String NINE = "1\n2\n3\n4\n5\n6\n7\n8\n9\n";

    @Test
    void should_read_all_that_git_prints_whatever_its_options() throws Exception {
        write("sp ace.py", "a\nb\nc\n");
        write("ü\t\"q\\.py", "x\n");
        write("mode.sh", "q\n");
        write("bin.dat", "\0\1");
        write("nn.py", "no newline");
        write("ren.py", NINE);
        write("empty.txt", "");
        write("gone.py", "1\n2\n");
        write("a/b/c.py", "1\n");
        write("crlf.py", "1\r\n2\r\n");
        commit();
        write("sp ace.py", "a\nB\nc\nd\n");
        write("ü\t\"q\\.py", "y\n");
        assertTrue(folder.resolve("mode.sh").toFile().setExecutable(true));
        write("bin.dat", "\0\2");
        write("nn.py", "no newlin");
        write("new name.py", NINE.replace("5", "five"));
        Files.delete(folder.resolve("ren.py"));
        Files.delete(folder.resolve("gone.py"));
        write("a/b/c.py", "1\n2\n");
        write("crlf.py", "1\r\nzwei\r\n");
        write("tricky.sql", "-- x\n++ y\n");
        git("add", "-A");
        List<String> expected = List.of(
                "ADDED null tricky.sql - +1-2",
                "DELETED gone.py null -1-2 +",
                "MODIFIED a/b/c.py a/b/c.py - +2",
                "MODIFIED bin.dat bin.dat binary - +",
                "MODIFIED crlf.py crlf.py -2 +2",
                "MODIFIED mode.sh mode.sh - +",
                "MODIFIED nn.py nn.py -1 +1",
                "MODIFIED sp ace.py sp ace.py -2 +2,4",
                "MODIFIED ü\t\"q\\.py ü\t\"q\\.py -1 +1",
                "RENAMED ren.py new name.py -5 +5");
        assertEquals(expected, texts(git("diff", "--cached", "-M")));
        assertEquals(expected, texts(git("diff", "--cached", "-M", "-U0")));
        assertEquals(expected, texts(git("diff", "--cached", "-M", "--no-prefix", "--stat", "-p")));
        assertEquals(expected, texts(git("-c", "diff.mnemonicPrefix=true", "diff", "--cached", "-M", "-U9999")));
        assertEquals(expected, texts(git("-c", "core.quotePath=false", "diff", "--cached", "-M", "--binary")));
        List<String> copies = texts(git("diff", "--cached", "--no-renames"));
        assertTrue(copies.contains("DELETED ren.py null -1-9 +"), copies.toString());
        assertTrue(copies.contains("ADDED null new name.py - +1-9"), copies.toString());
        git("commit", "-q", "-m", "--- a/x\n\ndetails");
        assertEquals(expected, texts(git("format-patch", "-1", "--stdout", "-M")));
        assertEquals(expected, texts(git("show", "-M")));
    }

    @Test
    void should_refuse_what_git_prints_of_a_merge_that_is_not_finished() throws Exception {
        write("a.py", "1\n");
        commit();
        git("checkout", "-q", "-b", "other");
        write("a.py", "2\n");
        commit();
        git("checkout", "-q", "-");
        write("a.py", "3\n");
        commit();
        try {
            git("merge", "-q", "other");
        } catch (AssertionError e) {
            // the conflict that this is about
        }
        byte[] diff = git("diff");
        assertTrue(new String(diff, StandardCharsets.UTF_8).startsWith("diff --cc"), "a conflict");
        org.junit.jupiter.api.Assertions.assertThrows(MalformedDiffException.class, () -> texts(diff));
    }

    /** Edits, carried out on the old lines, give the new ones: whatever was edited, with any context. */
    @Test
    void edits_make_the_new_file_of_the_old_one() throws Exception {
        Map<String, List<String>> old = new TreeMap<>();
        Random random = new Random(1);
        for (int i = 0; i < 60; i++) {
            old.put("f" + i + ".py", lines(random, random.nextInt(40)));
        }
        for (Map.Entry<String, List<String>> file : old.entrySet()) {
            write(file.getKey(), String.join("", file.getValue()));
        }
        commit();
        Map<String, List<String>> edited = new TreeMap<>();
        for (Map.Entry<String, List<String>> file : old.entrySet()) {
            List<String> lines = new ArrayList<>(file.getValue());
            for (int edits = random.nextInt(6); edits > 0; edits--) {
                int at = random.nextInt(lines.size() + 1);
                if (random.nextBoolean() || at == lines.size()) {
                    lines.addAll(at, lines(random, 1 + random.nextInt(3)));
                } else {
                    lines.remove(at);
                }
            }
            edited.put(file.getKey(), lines);
            write(file.getKey(), String.join("", lines));
        }
        for (String context : List.of("-U0", "-U1", "-U3")) {
            UnifiedDiff diff = UnifiedDiff.read(new ByteArrayInputStream(git("diff", context)));
            assertTrue(diff.files().size() > 30);
            for (FileChange file : diff.files()) {
                assertEquals(edited.get(file.path()), applied(file, old.get(file.path()), edited.get(file.path())));
            }
        }
    }

    private static List<String> lines(Random random, int count) {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            lines.add(random.nextInt(5) + "\n");
        }
        return lines;
    }

    private static List<String> applied(FileChange file, List<String> old, List<String> fresh) {
        List<String> made = new ArrayList<>();
        int next = 1;
        for (FileChange.Edit edit : file.edits()) {
            made.addAll(old.subList(next - 1, edit.oldLine() - 1));
            assertEquals(edit.newLine(), made.size() + 1);
            made.addAll(fresh.subList(edit.newLine() - 1, edit.newLine() - 1 + edit.added()));
            next = edit.oldLine() + edit.removed();
        }
        made.addAll(old.subList(next - 1, old.size()));
        return made;
    }
}
