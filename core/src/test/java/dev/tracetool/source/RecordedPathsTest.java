package dev.tracetool.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class RecordedPathsTest {
    private static RecordedPaths.Match find(String path, String... recorded) {
        return new RecordedPaths(List.of(recorded)).find(path);
    }

    @Test
    void should_find_absolute_and_relative_names_by_their_end() {
        assertEquals(
                List.of("/ci/repo/src/a.py"),
                find("src/a.py", "/ci/repo/src/a.py", "/ci/repo/a.py").files());
        assertEquals(List.of("a.py"), find("src/a.py", "a.py", "b.py").files());
        assertEquals(
                List.of("./src/a.py"),
                find("src/a.py", "./src/a.py", "/lib/other/a.py").files());
        assertEquals(
                List.of("C:\\repo\\src\\a.py"),
                find("src/a.py", "C:\\repo\\src\\a.py").files());
        assertTrue(find("setup.py", "/x/setup.py").whole());
    }

    @Test
    void should_find_an_installed_copy_by_what_both_paths_end_in() {
        RecordedPaths.Match match =
                find("src/pkg/__init__.py", "/venv/site-packages/pkg/__init__.py", "/usr/lib/json/__init__.py");
        assertEquals(List.of("/venv/site-packages/pkg/__init__.py"), match.files());
        assertFalse(match.whole());
    }

    @Test
    void should_find_nothing_by_a_last_name_alone() {
        assertEquals(
                List.of(),
                find("src/pkg/__init__.py", "/usr/lib/json/__init__.py").files());
        assertEquals(List.of(), find("src/a.py", "/x/ba.py", "/x/A.py").files());
        assertEquals(List.of(), find("", "/x/a.py", "").files());
    }

    @Test
    void should_say_that_several_fit() {
        RecordedPaths.Match match = find("src/a.py", "/two/src/a.py", "/one/src/a.py", "/three/lib/a.py");
        assertEquals(List.of("/one/src/a.py", "/two/src/a.py"), match.files());
        assertTrue(match.isAmbiguous());
        assertFalse(find("src/a.py", "/one/src/a.py", "/one/src/a.py").isAmbiguous());
    }
}
