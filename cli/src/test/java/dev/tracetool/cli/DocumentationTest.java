package dev.tracetool.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tracetool.cli.command.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine.Model.CommandSpec;

/** Holds the manual pages, the help and the commands in step. */
class DocumentationTest {
    private static final Path MAN = Path.of("..", "man");
    private static final Pattern OPTION = Pattern.compile("\\*(--?[A-Za-z][a-z-]*)\\*");

    static Set<String> commands() {
        return Commands.names().stream()
                .filter(name -> Commands.named(name) != null)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String page(String command) throws IOException {
        return Files.readString(MAN.resolve("tracetool-" + command + ".1.adoc"));
    }

    private static CommandSpec spec(String command) {
        return Objects.requireNonNull(Commands.named(command)).spec();
    }

    /** Terms of description lists: what the page says there is, other than what it only mentions. */
    private static Set<String> terms(String page) {
        Set<String> found = new TreeSet<>();
        for (String line : page.lines().toList()) {
            if (line.startsWith("*-") && line.endsWith("::")) {
                Matcher option = OPTION.matcher(line);
                while (option.find()) {
                    found.add(option.group(1));
                }
            }
        }
        return found;
    }

    @ParameterizedTest
    @MethodSource("commands")
    void should_have_each_option_in_the_manual_page_and_no_other(String command) throws IOException {
        Set<String> model = spec(command).options().stream()
                .flatMap(option -> Arrays.stream(option.names()))
                .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(model, terms(page(command)));
    }

    /** In AsciiDoc a pair of them is a pair of quotes even in backticks, and vanishes. */
    @Test
    void should_keep_the_stars_of_globs() throws IOException {
        try (Stream<Path> pages = Files.list(MAN)) {
            for (Path page : pages.toList()) {
                List<String> bare = Pattern.compile("`(?!\\+)[^`\n]*(\\*|__)[^`\n]*`")
                        .matcher(Files.readString(page))
                        .results()
                        .map(MatchResult::group)
                        .toList();
                assertEquals(List.of(), bare, page.toString());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("commands")
    void should_have_a_manual_page_with_the_same_choices_and_an_example_in_the_help(String command) throws IOException {
        String page = page(command);
        assertTrue(page.startsWith("= tracetool-" + command + "(1)\n"), command);
        for (var option : spec(command).options()) {
            if (option.completionCandidates() != null) {
                // A list is too long for a heading; its page says where the names come from.
                String choices = option.isMultiValue() ? "_LIST_" : String.join("|", option.completionCandidates());
                assertTrue(page.contains(option.longestName() + "* " + choices + "::"), option.longestName());
            }
        }
        String help = Cli.run(command, "--help").out();
        assertTrue(help.contains("\nExample"), help);
        assertTrue(help.contains("  tracetool ") || help.contains("(tracetool "), help);
        assertEquals(help, Cli.run("help", command).out());
    }

    @Test
    void should_have_each_command_on_the_main_page() throws IOException {
        String page = Files.readString(MAN.resolve("tracetool.1.adoc"));
        for (String command : commands()) {
            assertTrue(page.contains("\n*" + command + "*::"), command);
            assertTrue(page.contains("*tracetool-" + command + "*(1)"), command);
        }
    }

    @Test
    void should_have_each_exit_code_in_the_table_of_the_main_page() throws Exception {
        String page = Files.readString(MAN.resolve("tracetool.1.adoc"));
        for (var field : ExitCode.class.getFields()) {
            assertTrue(page.contains("\n|" + field.getInt(null) + "\n|"), field.getName());
        }
    }

    @Test
    void should_have_examples_in_the_help_that_name_real_options() {
        for (String command : commands()) {
            Set<String> known = new TreeSet<>(spec(command).optionsMap().keySet());
            for (String line : spec(command).usageMessage().footer()) {
                for (String word : line.trim().split("[ ')]+")) {
                    if (word.startsWith("-") && line.contains("tracetool " + command) && !command.equals("record")) {
                        assertTrue(known.contains(word), line);
                    }
                }
            }
        }
    }

    @Test
    void should_show_no_help_line_wider_than_a_terminal() {
        for (String command : commands()) {
            for (String line : Cli.run(command, "--help").out().lines().toList()) {
                assertTrue(line.length() <= 86, line);
            }
        }
    }
}
