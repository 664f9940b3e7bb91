package dev.tracetool.analysis;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class PathsTest {
    @Test
    void paths_are_shown_from_a_folder_that_they_are_in() {
        assertEquals("a.py", Paths.below("/p/a.py", "/p"));
        assertEquals("a.py", Paths.below("/p/a.py", "/p/"));
        assertEquals("a\\b.py", Paths.below("C:\\p\\a\\b.py", "C:\\p"));
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
