package dev.tracetool.input;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InputNameTest {
    @TempDir
    Path folder;

    private void assertName(String place, String entry, String name) {
        String prefix = folder + "/";
        assertEquals(new InputName(prefix + place, entry), InputName.of(prefix + name));
    }

    @Test
    void should_split_at_the_mark_after_a_file_that_exists() throws IOException {
        for (String name : new String[] {"a", "b!c", "d", "d!e"}) {
            Files.createFile(folder.resolve(name));
        }
        Files.createDirectory(folder.resolve("dir"));
        assertName("a", null, "a");
        assertName("a", "x/y", "a!x/y");
        assertName("a", "x!y", "a!x!y");
        assertName("a", "x", "a!x/");
        assertName("a", null, "a!");
        assertName("b!c", null, "b!c");
        assertName("b!c", "x", "b!c!x");
        assertName("d!e", "x", "d!e!x");
        assertName("d", "f!x", "d!f!x");
        assertName("dir!x", null, "dir!x");
        assertName("none!x", null, "none!x");
        assertEquals(new InputName("-", null), InputName.of("-"));
        assertEquals(new InputName("-", "x"), InputName.of("-!x"));
        assertEquals(new InputName("-", "x!y"), InputName.of("standard input!x!y"));
        assertEquals(new InputName("-", null), InputName.of("standard input"));
        assertEquals(new InputName("!", null), InputName.of("!"));
        assertEquals(new InputName("a\0!b", null), InputName.of("a\0!b"));
    }
}
