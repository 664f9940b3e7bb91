package dev.tracetool.analysis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class PathsTest {
    @Test
    void paths_are_shown_from_a_folder_that_they_are_in() {
        assertEquals("a.py", Paths.below("/p/a.py", "/p"));
        assertEquals("a.py", Paths.below("/p/a.py", "/p/"));
        assertEquals("a\\b.py", Paths.below("C:\\p\\a\\b.py", "C:\\p"));
    }

    @Test
    void paths_are_shown_from_the_first_folder_that_they_are_in() {
        assertEquals("q/a.py", Paths.belowAny("/p/q/a.py", List.of("/x", "/p", "/p/q")));
        assertEquals("/y/a.py", Paths.belowAny("/y/a.py", List.of("/x", "/p")));
        assertEquals("/y/a.py", Paths.belowAny("/y/a.py", List.of()));
    }

    @Test
    void absolute_paths_are_those_of_any_system() {
        for (String yes : List.of("/", "/p", "\\p", "\\\\host\\share", "C:\\p", "z:/", "C:\\a\nb")) {
            assertTrue(Paths.isAbsolute(yes), yes);
        }
        for (String no :
                List.of("", "p/a.py", "./p", "../p", "C:", "C:p", "CC:/p", "\u00E9:/p", "1:/p", "[:/p", "<string>")) {
            assertFalse(Paths.isAbsolute(no), no);
        }
    }

    @Test
    void plain_paths_have_no_detours() {
        assertEquals("/p/a.py", Paths.plain("/p//./q/../a.py"));
        assertEquals("p/a\\b.py", Paths.plain("./p/a\\b.py"));
        assertEquals("../../a.py", Paths.plain(".././../a.py"));
        assertEquals("/p", Paths.plain("/p/"));
        assertEquals("", Paths.plain(""));
        assertEquals("", Paths.plain("p/.."));
        assertEquals("C:/p/a.py", Paths.plain("C:\\p\\.\\a.py"));
        assertEquals("/host/share/a.py", Paths.plain("\\\\host\\share\\a.py"));
    }

    /** Above a root there is nothing. */
    @Test
    void plain_paths_stay_beneath_their_root() {
        assertEquals("/a.py", Paths.plain("/../../a.py"));
        assertEquals("/", Paths.plain("/p/../.."));
        assertEquals("C:/a.py", Paths.plain("C:\\..\\p\\..\\..\\a.py"));
        assertEquals("c:/", Paths.plain("c:/"));
    }

    @Test
    void other_paths_stay_as_they_are() {
        assertEquals("/p", Paths.below("/p", "/p"));
        assertEquals("/p/", Paths.below("/p/", "/p"));
        assertEquals("/pa.py", Paths.below("/pa.py", "/p"));
        assertEquals("/a.py", Paths.below("/a.py", "/"));
        assertEquals("/a.py", Paths.below("/a.py", ""));
        assertEquals("<string>", Paths.below("<string>", null));
    }
}
