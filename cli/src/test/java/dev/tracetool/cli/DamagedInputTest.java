package dev.tracetool.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Traces of which a part is lost: each command shows the rest, and says how much is missing and why. */
class DamagedInputTest {
    private static final List<List<String>> COMMANDS = List.of(
            List.of("inspect", "--codes"),
            List.of("inspect", "--format=json"),
            List.of("lines"),
            List.of("lines", "--format=json", "--offset=4"),
            List.of("events"),
            List.of("events", "--format=ndjson"),
            List.of("events", "--format=csv"),
            List.of("report"),
            List.of("report", "--format=json", "--by=file,function,line,thread"));

    private static final String WHY = "expected a payload with the right checksum, found another";

    @TempDir
    Path folder;

    private static Cli.Result run(List<String> command, Object... more) {
        Object[] args = Arrays.copyOf(command.toArray(), command.size() + more.length);
        System.arraycopy(more, 0, args, command.size(), more.length);
        return Cli.run(args);
    }

    @Test
    void should_end_with_a_documented_exit_code_wherever_a_file_is_cut_or_changed() throws IOException {
        byte[] whole = TinyTrace.sample().closed();
        Path file = folder.resolve("t");
        for (int i = 0; i < whole.length; i++) {
            Files.write(file, Arrays.copyOf(whole, i));
            assertTold(file, "cut at " + i, i);
            byte[] changed = whole.clone();
            changed[i] ^= (byte) (1 << i % 8);
            Files.write(file, changed);
            assertTold(file, "changed at " + i, i);
        }
    }

    /** Asserts that one of the commands, taken in turn, says that the file is not whole. */
    private static void assertTold(Path file, String what, int turn) {
        List<String> command = COMMANDS.get(turn % COMMANDS.size());
        Cli.Result result = run(command, file);
        String told = what + ": " + command + ": " + result.err();
        assertTrue(result.exitCode() == 0 || result.exitCode() == 3, told);
        assertTrue(result.exitCode() == 0 || result.out().isEmpty(), told);
        List<String> lines = result.err().lines().toList();
        assertTrue(lines.size() == 1 || result.exitCode() == 0 && lines.size() > 0 && lines.size() <= 3, told);
        String start = "tracetool: " + (result.exitCode() == 0 ? "warning: " : "") + file + ": ";
        assertTrue(lines.stream().allMatch(line -> line.startsWith(start)), told);
        assertEquals(3, run(command, "--strict", file).exitCode(), told);
    }

    /** The sample, with one byte changed in its last block of events. */
    private Path withALostBlock() throws IOException {
        byte[] bytes = TinyTrace.sample().closed();
        bytes[lastBlock(bytes) + 30]++;
        return Files.write(folder.resolve("t"), bytes);
    }

    /** By the end of the file, which says how many events there were. */
    private static final String EVENTS = "2 events";

    private static int lastBlock(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1).lastIndexOf("\u00b1TB\nE");
    }

    @Test
    void should_say_how_many_bytes_and_blocks_were_lost_and_why_on_standard_error() throws IOException {
        Path file = withALostBlock();
        byte[] bytes = Files.readAllBytes(file);
        int start = lastBlock(bytes);
        int lost = bytes.length - 48 - start;
        for (List<String> command : COMMANDS) {
            Cli.Result result = run(command, file);
            assertEquals(0, result.exitCode());
            assertEquals(
                    "tracetool: warning: " + file + ": damaged: " + lost
                            + " bytes in 1 place could not be read; 1 block lost, " + EVENTS + " lost; first at byte "
                            + (start + 20)
                            + ": " + WHY,
                    result.err().lines().findFirst().orElse(""),
                    command.toString());
        }
    }

    @Test
    void should_say_so_in_the_header_and_in_json_too() throws IOException {
        Path file = withALostBlock();
        byte[] bytes = Files.readAllBytes(file);
        int start = lastBlock(bytes);
        int lost = bytes.length - 48 - start;
        String text = run(List.of("report"), file).out();
        assertTrue(
                text.contains("\n  damaged: " + lost + " bytes in 1 place could not be read; 1 block lost, " + EVENTS
                        + " lost; first at"),
                text);
        String inspected = run(List.of("inspect"), file).out();
        assertTrue(inspected.contains(lost + " bytes") && inspected.contains(WHY), inspected);
        String json =
                "\"damage\":{\"places\":1,\"bytes\":" + lost + ",\"frames\":1,\"events\":2,\"notes\":[{\"position\":"
                        + (start + 20) + ",\"message\":\"" + WHY + "\"}]}";
        for (List<String> command : COMMANDS) {
            if (command.contains("--format=json") || command.contains("--format=ndjson")) {
                String out = run(command, file).out();
                String compact = out.replaceAll("(?m)^ +|\n", "").replace("\": ", "\":");
                assertTrue(compact.contains(json), command + ": " + out);
            }
        }
    }

    @Test
    void should_say_last_what_events_are_missing_of_a_stream_that_was_cut() throws IOException {
        Path file = Files.write(folder.resolve("t"), TinyTrace.sample().cutOff());
        List<String> lines =
                run(List.of("events", "--format=ndjson"), file).out().lines().toList();
        assertEquals(11, lines.size());
        assertEquals(
                "{\"complete\":false,\"damage\":{\"places\":0,\"bytes\":0,\"frames\":0,\"events\":0,\"notes\":[]}}",
                lines.get(10));
        Files.write(file, TinyTrace.sample().closed());
        assertEquals(
                10,
                run(List.of("events", "--format=ndjson"), file).out().lines().count());
    }

    /** What comes out is one line of plain text for each thing, whatever the trace calls it. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "::error file=x::y",
                "\u001b[31mred",
                "a\nb\rc\td",
                "\u202egnp.py\u2066",
                "\u0085\u2028",
                "\0",
                "\ud800"
            })
    void should_make_names_harmless(String name) throws IOException {
        String json = name.chars().mapToObj(c -> String.format("\\u%04x", c)).reduce("", String::concat);
        TinyTrace trace = new TinyTrace("\"python\":\"" + json + "\",\"host\":\"" + json + "\",\"argv\":[\"" + json
                        + "\"],\"cwd\":\"" + json + "\",\"mode\":\"" + json + "\",\"started_at\":\"" + json + "\"")
                .code(name, name, 1, 7, 8, TinyTrace.line(4, 0))
                .thread(0, name)
                .events(0, "PY_START 0 100 0", "LINE 0 - 1", "PY_RETURN 0 200 2")
                .frame('X', ("{\"message\":\"" + json + "\"}").getBytes(StandardCharsets.UTF_8));
        Path file = trace.writeTo(folder.resolve("t"));
        for (List<String> command : COMMANDS) {
            Cli.Result result = run(command, file);
            assertEquals(0, result.exitCode(), result.err());
            assertEquals(1, result.err().lines().count(), result.err());
            boolean data = command.stream().anyMatch(word -> word.startsWith("--format"));
            for (String text : List.of(result.out(), result.err())) {
                assertFalse(text.startsWith("::") || text.contains("\n::"), command + ": " + text);
                assertTrue(
                        text.codePoints()
                                .noneMatch(c -> Character.isISOControl(c) && c != '\n'
                                        || !data && (Character.getType(c) == Character.FORMAT || c == 0x2028)
                                        || Character.getType(c) == Character.SURROGATE),
                        command + ": " + text);
            }
        }
    }

    @Test
    void should_show_names_that_are_no_utf8() throws IOException {
        Path file = new TinyTrace()
                .code(new byte[] {'a', (byte) 0xFF, '.', 'p', 'y'}, "f", 1, 7, 8, TinyTrace.line(4, 0))
                .thread(0, "main")
                .events(0, "PY_START 0 100 0", "LINE 0 - 1")
                .writeTo(folder.resolve("t"));
        for (List<String> command : COMMANDS) {
            Cli.Result result = run(command, file);
            assertEquals("", result.err());
            assertEquals(0, result.exitCode());
        }
        assertTrue(run(List.of("report", "--by=file"), file).out().contains("a\uFFFD.py"));
    }

    @Test
    void should_refuse_devices() {
        for (String name : List.of("/dev/null", "/dev/zero")) {
            Path device = Path.of(name);
            if (Files.exists(device)) {
                for (List<String> command : COMMANDS) {
                    Cli.Result result = run(command, name);
                    assertEquals(3, result.exitCode(), command + " " + name);
                    assertEquals(1, result.err().lines().count(), result.err());
                }
            }
        }
    }
}
