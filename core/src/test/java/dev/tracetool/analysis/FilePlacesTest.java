package dev.tracetool.analysis;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class FilePlacesTest {
    private static FilePlaces in(String... folders) {
        return in(UnaryOperator.identity(), folders);
    }

    private static FilePlaces in(UnaryOperator<String> mapped, String... folders) {
        List<InputActivity> inputs = new ArrayList<>();
        for (String folder : folders) {
            inputs.addAll(new Recording().cwd(folder).end(1).activity().inputs());
        }
        return FilePlaces.of(inputs, mapped);
    }

    @Test
    void should_take_a_relative_name_from_every_folder() {
        assertEquals(
                List.of("a.py", "/p/a.py", "/q/r/a.py"),
                in("/p", "/q/./r//", "/p").of("a.py"));
        assertEquals(List.of("../a.py", "/a.py", "/q/a.py"), in("/p", "/q/r").of(".//../a.py"));
        assertEquals(List.of("/x/a.py"), in("/p").of("/x/y/../a.py"));
        assertEquals(List.of("a.py"), in("not/absolute").of("./a.py"));
    }

    @Test
    void should_read_paths_of_windows() {
        assertEquals(List.of("s/a.py", "C:/p/s/a.py"), in("C:\\p").of("s/a.py"));
        assertEquals(List.of("C:/p/a.py"), in().of("C:\\p\\q\\..\\a.py"));
        assertEquals(List.of("/host/share/a.py"), in("/p").of("\\\\host\\share\\a.py"));
    }

    @Test
    void should_have_no_place_for_code_that_comes_from_no_file() {
        assertEquals(List.of(), in("/p").of("<string>"));
        assertEquals(List.of(), in("/p").of(""));
    }

    @Test
    void should_map_whole_paths() {
        UnaryOperator<String> mapped = path -> path.replace("/p/", "/new/./");
        assertEquals(List.of("a.py", "/new/a.py"), in(mapped, "/p").of("a.py"));
        assertEquals(List.of("/new/a.py"), in(mapped, "/p").of("/p/x/../a.py"));
    }

    /** Each costs a text for each name. */
    @Test
    void should_bound_the_folders() {
        String[] folders = new String[1000];
        for (int i = 0; i < folders.length; i++) {
            folders[i] = "/p" + i;
        }
        assertEquals(101, in(folders).of("a.py").size());
    }
}
