package dev.tracetool.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Asks the shells themselves. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class CompletionCommandTest {
    @TempDir
    Path folder;

    @BeforeEach
    void writeScripts() {
        for (String shell : List.of("bash", "zsh", "fish")) {
            String name = shell.equals("zsh") ? "_tracetool" : "tracetool." + shell;
            assertEquals(new Cli.Result(0, "", ""), Cli.run("completion", shell, "-o", folder.resolve(name)));
        }
    }

    private Set<String> ask(String shell, String... command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.redirectErrorStream(true);
        builder.environment().put("HOME", folder.toString());
        builder.environment().put("TERM", "dumb");
        Process process;
        try {
            process = builder.start();
        } catch (IOException e) {
            assumeTrue(false, "there is no " + shell + " here");
            throw e;
        }
        process.getOutputStream().close();
        Set<String> words = new TreeSet<>();
        for (String line : new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).split("\r?\n")) {
            words.add(line.strip());
        }
        return words;
    }

    private Set<String> bash(String... words) throws IOException {
        StringBuilder typed = new StringBuilder("(");
        for (String word : words) {
            typed.append("'").append(word).append("' ");
        }
        String script = "source ./tracetool.bash; COMP_WORDS=" + typed + "); COMP_CWORD=" + (words.length - 1)
                + "; COMP_LINE=\"${COMP_WORDS[*]}\"; COMP_POINT=${#COMP_LINE}; _tracetool tracetool; "
                + "printf '%s\\n' \"${COMPREPLY[@]}\"";
        return ask("bash", "bash", "--norc", "-c", script);
    }

    private Set<String> fish(String line) throws IOException {
        Set<String> found = new TreeSet<>();
        for (String word :
                ask("fish", "fish", "--no-config", "-c", "source tracetool.fish; complete -C '" + line + "'")) {
            found.add(word.replaceAll("\t.*", ""));
        }
        return found;
    }

    /** zsh completes only where somebody types: on a terminal of its own, where a key of ours completes and writes down the line. */
    private String zsh(String typed) throws IOException {
        Files.writeString(folder.resolve("ask.zsh"), """
                zmodload zsh/zpty
                zpty shell zsh -f -i
                zpty -w shell 'fpath=($PWD $fpath); autoload -Uz compinit; compinit -u -D'
                zpty -w shell 'show() { zle complete-word; print -r -- "$BUFFER" > line.tmp; mv line.tmp line; }; zle -N show; bindkey "^Xw" show'
                zpty -w shell 'print READ""Y'
                zpty -r shell out '*READY*'
                zpty -w -n shell "$1"$'\\x18\\x77'
                for i in {1..300}; do [ -e line ] && break; sleep 0.1; done
                zpty -d shell
                """);
        Path line = folder.resolve("line");
        Files.deleteIfExists(line);
        ask("zsh", "zsh", "-f", "ask.zsh", typed);
        return Files.readString(line);
    }

    @Test
    void should_complete_in_bash() throws IOException {
        assertEquals(Set.of("inspect"), bash("tracetool", "in"));
        assertEquals(Set.of("--offset", "--output"), bash("tracetool", "lines", "--o"));
        assertEquals(Set.of("csv", "ndjson", "text"), bash("tracetool", "events", "--format", ""));
        assertEquals(Set.of("ndjson"), bash("tracetool", "events", "--format", "=", "n"));
        assertEquals(Set.of("csv", "ndjson", "text"), bash("tracetool", "events", "--format", "="));
        assertEquals(Set.of("file,line"), bash("tracetool", "report", "--by", "file,l"));
        assertEquals(Set.of("bash", "fish", "zsh"), bash("tracetool", "completion", ""));
        assertEquals(Set.of("--mode"), bash("tracetool", "record", "-o", "x.bin", "--mo"));
    }

    /** Where the script offers nothing, bash completes file names. */
    @Test
    void should_leave_file_names_to_bash() throws IOException {
        Files.createFile(folder.resolve("recorded.bin"));
        for (String line : List.of(
                "tracetool inspect recor",
                "tracetool report -o recor",
                "tracetool record --python recor",
                "tracetool record recor",
                "tracetool record app.py recor",
                "tracetool record app.py --mode=recor")) {
            assertEquals(Set.of(), bash(line.replace("=", " = ").split(" ")), line);
        }
        Set<String> registered = ask("bash", "bash", "--norc", "-c", "source ./tracetool.bash; complete -p tracetool");
        assertEquals(Set.of("complete -o bashdefault -o default -F _tracetool tracetool"), registered);
    }

    @Test
    void should_complete_in_fish() throws IOException {
        Files.createFile(folder.resolve("trace.bin"));
        assertEquals(Set.of("record", "recorder"), fish("tracetool rec"));
        assertEquals(Set.of("--offset", "--output"), fish("tracetool lines --o"));
        assertEquals(Set.of("csv", "ndjson", "text"), fish("tracetool events --format "));
        assertEquals(Set.of("bash", "fish", "zsh"), fish("tracetool completion "));
        assertTrue(fish("tracetool inspect tr").contains("trace.bin"));
    }

    @Test
    void should_complete_in_zsh() throws IOException {
        Files.createFile(folder.resolve("recorded.bin"));
        assertEquals("tracetool completion \n", zsh("tracetool comp"));
        assertEquals("tracetool lines --offset=\n", zsh("tracetool lines --off"));
        assertEquals("tracetool events --format ndjson \n", zsh("tracetool events --format n"));
        assertEquals("tracetool completion fish \n", zsh("tracetool completion f"));
        assertEquals("tracetool inspect recorded.bin \n", zsh("tracetool inspect recor"));
    }

    @Test
    void should_refuse_other_shells() {
        assertEquals(
                "tracetool completion: expected one of bash, zsh, fish (see 'tracetool completion --help')\n",
                Cli.run("completion", "tcsh").err());
    }
}
