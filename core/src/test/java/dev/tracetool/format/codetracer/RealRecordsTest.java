package dev.tracetool.format.codetracer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tracetool.input.FileInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Traces that CodeTracer's own recorders wrote, where they are at hand, become the JSON that the same run has. */
class RealRecordsTest {
    private static final Path DATA = checkout().resolveSibling("shared").resolve("data/codetracer");

    /** The folder of the checkout: of tests, the working directory is that of their module. */
    private static Path checkout() {
        Path here = Path.of("").toAbsolutePath();
        return Files.isDirectory(here.resolve("core")) ? here : here.getParent();
    }

    @BeforeEach
    void there() {
        assumeTrue(Files.isDirectory(DATA), "no traces of CodeTracer's recorders at " + DATA);
    }

    private static List<Path> files(String folder, String suffix) throws IOException {
        try (Stream<Path> all = Files.walk(DATA.resolve(folder))) {
            return all.filter(p -> p.toString().endsWith(suffix))
                    .filter(p -> !p.toString().endsWith("_metadata.json"))
                    .filter(p -> !p.toString().endsWith("_paths.json"))
                    .filter(p -> !p.getFileName().toString().startsWith("not-this-format"))
                    .sorted()
                    .toList();
        }
    }

    private static Copied copied(Path file) throws IOException {
        Copied copied = Copied.of(new FileInput(file.toString(), file), true);
        assertTrue(copied.result().complete() && copied.notes().isEmpty(), file + ": " + copied.notes());
        assertEquals("", copied.lost(), file.toString());
        return copied;
    }

    @Test
    void should_copy_json_as_it_is() throws IOException {
        int count = 0;
        for (String folder : List.of("json", "derived")) {
            for (Path file : files(folder, ".json")) {
                assertEquals(
                        JsonTree.array(Files.readAllBytes(file)), copied(file).records(), file.toString());
                count++;
            }
        }
        assertTrue(count >= 12, "files: " + count);
    }

    /** What has several spellings has that of today's writer. */
    private static String spelt(List<Object> records) {
        return JsonTree.sorted(records).replace("f='nan'", "f='NaN'").replace("f='+inf'", "f='inf'");
    }

    @Test
    void should_make_the_same_of_all_encodings_of_a_run() throws IOException {
        int runs = 0;
        for (Path v0 : files("derived", ".v0.bin")) {
            Path v1 = v0.resolveSibling(v0.getFileName().toString().replace(".v0.", ".v1."));
            String first = spelt(copied(v0).records());
            assertEquals(first, spelt(copied(v1).records()), v1.toString());
            String stem = v0.getFileName().toString().replace(".v0.bin", "");
            for (Path json : List.of(
                    v0.resolveSibling("trace.json"),
                    DATA.resolve("json").resolve(stem + ".json"),
                    DATA.resolve("json").resolve(stem.replace("_trace", "") + "/trace.json"))) {
                if (Files.isRegularFile(json)) {
                    assertEquals(spelt(JsonTree.array(Files.readAllBytes(json))), first, json.toString());
                    runs++;
                }
            }
        }
        assertTrue(runs >= 10, "runs: " + runs);
    }

    /** Eleven records, as an independent decoder read them. */
    @Test
    void should_copy_the_one_stream_of_an_older_container() throws IOException {
        Copied copied = copied(DATA.resolve("ct/spec_minimal_trace.ct"));
        assertEquals(11, copied.records().size());
        assertTrue(JsonTree.sorted(copied.records())
                .contains("{Value={value={kind='String',text='hello',type_id=9,},variable_id=2,},}"));
        assertEquals(
                "{\"workdir\":\"/home/user/demo\",\"program\":\"factorial\",\"args\":[\"5\"]}\n", copied.metadata());
        assertEquals("[\"/src/main.nim\",\"/src/math_utils.nim\"]\n", copied.paths());
        Copied evm = copied(DATA.resolve("ct/stylus_fund_tracking_demo.ct"));
        assertTrue(
                evm.metadata().contains("\"recording_id\":\"01949fcc-7d92-7e9c-aaaa-5747591d0001\""), evm.metadata());
    }
}
