package dev.tracetool.analysis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class GlobTest {
    @Test
    void a_star_in_a_path_stops_at_a_slash() {
        assertTrue(Glob.file("/a/*.py").matches("/a/b.py"));
        assertFalse(Glob.file("/a/*.py").matches("/a/b/c.py"));
        assertTrue(Glob.file("/a/?.py").matches("/a/b.py"));
        assertFalse(Glob.file("/a?b.py").matches("/a/b.py"));
    }

    @Test
    void two_stars_in_a_path_do_not() {
        assertTrue(Glob.file("/a/**.py").matches("/a/b/c.py"));
        assertTrue(Glob.file("/a/**").matches("/a/b/c.py"));
        assertTrue(Glob.file("/a/**/c.py").matches("/a/b/x/c.py"));
        assertTrue(Glob.file("/a/**/c.py").matches("/a/c.py"));
        assertFalse(Glob.file("/a/**/c.py").matches("/a/bc.py"));
        assertFalse(Glob.file("/a/**/c.py").matches("/a/b/xc.py"));
        assertTrue(Glob.file("**/c.py").matches("c.py"));
        assertTrue(Glob.file("**/test/**").matches("/x/test/y/z.py"));
        assertTrue(Glob.file("**/**/c.py").matches("c.py"));
    }

    @Test
    void a_slash_at_the_end_is_everything_below() {
        assertTrue(Glob.file("src/").matches("/p/src/a/b.py", "/p"));
        assertFalse(Glob.file("src/").matches("/p/src", "/p"));
    }

    @Test
    void files_match_from_the_working_directory_too() {
        assertTrue(Glob.file("src/*.py").matches("/p/src/a.py", "/p"));
        assertTrue(Glob.file("src/*.py").matches("/p/src/a.py", "/p/"));
        assertFalse(Glob.file("src/*.py").matches("/p/src/a.py", "/q"));
        assertFalse(Glob.file("src/*.py").matches("/p/src/a.py", null));
        assertFalse(Glob.file("src/*.py").matches("/project/src/a.py", "/p"));
    }

    @Test
    void without_a_slash_the_last_part_is_enough() {
        assertTrue(Glob.file("a.py").matches("/p/src/a.py", null));
        assertTrue(Glob.file("*_test.py").matches("/p/x_test.py", "/p"));
        assertFalse(Glob.file("src/a.py").matches("/p/src/a.py", null));
        assertTrue(Glob.file("<string>").matches("<string>", "/p"));
    }

    @Test
    void backslashes_are_slashes() {
        assertTrue(Glob.file("src/*.py").matches("C:\\p\\src\\a.py", "C:\\p"));
        assertTrue(Glob.file("src\\*.py").matches("/p/src/a.py", "/p"));
    }

    @Test
    void names_have_no_folders() {
        assertTrue(Glob.name("Decoder.*").matches("Decoder.decode.<locals>.a/b"));
        assertTrue(Glob.name("*").matches(""));
        assertFalse(Glob.name("?").matches(""));
        assertTrue(Glob.name("a.b[c]").matches("a.b[c]"));
        assertFalse(Glob.name("Decoder").matches("Decoder.decode"));
    }

    @Test
    void no_pattern_takes_long() {
        boolean matched = assertTimeoutPreemptively(
                Duration.ofSeconds(5), () -> Glob.name("*a".repeat(50) + "b").matches("a".repeat(5000)));
        assertEquals(false, matched);
    }

    @Test
    void paths_are_told_from_their_folder() {
        assertEquals("a.py", Paths.below("/p/a.py", "/p"));
        assertEquals("/p", Paths.below("/p", "/p"));
        assertEquals("/pa.py", Paths.below("/pa.py", "/p"));
        assertEquals("/a.py", Paths.below("/a.py", "/"));
        assertEquals("", Paths.last("a/"));
    }
}
