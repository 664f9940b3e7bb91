package dev.tracetool.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class MainTest {
    @Test
    void should_list_the_commands() {
        Cli.Result help = Cli.run("--help");

        assertEquals(0, help.exitCode());
        assertEquals("", help.err());
        for (String name : DocumentationTest.commands()) {
            assertTrue(help.out().contains("\n  " + name + " "), name);
        }
        assertEquals(help, Cli.run("-h"));
        assertEquals(help, Cli.run("help"));
        assertEquals(new Cli.Result(2, "", help.out()), Cli.run());
    }

    @Test
    void should_tell_in_each_help_what_an_input_can_be() {
        String overview = Cli.run("--help").ok();
        for (String word :
                new String[] {"a folder", "an archive", "ARCHIVE!ENTRY", "-!ENTRY", ".pyc", ".ct", "trace.json"}) {
            assertTrue(overview.contains(word), word);
        }
        for (String name : DocumentationTest.commands()) {
            String help = Cli.run(name, "--help").ok();
            assertEquals(
                    help.contains("\n      FILE") || name.equals("diff"),
                    help.contains(" ARCHIVE!ENTRY, or - for standard input;\n"),
                    name);
        }
    }

    @Test
    void should_print_its_version() {
        assertTrue(Cli.run("--version").out().startsWith("tracetool "));
        assertEquals(Cli.run("--version"), Cli.run("-V"));
    }

    @Test
    void should_say_in_one_line_what_is_wrong_with_a_command_line() {
        assertEquals(
                new Cli.Result(
                        2,
                        "",
                        "tracetool: unknown command 'inspct'; did you mean 'inspect'? (see 'tracetool --help')\n"),
                Cli.run("inspct"));
        assertEquals(
                new Cli.Result(2, "", "tracetool: unknown command 'a\\nb' (see 'tracetool --help')\n"),
                Cli.run("a\nb"));
        assertEquals(
                new Cli.Result(
                        2,
                        "",
                        "tracetool inspect: missing required parameter: 'FILE' (see 'tracetool inspect --help')\n"),
                Cli.run("inspect"));
        assertEquals(
                new Cli.Result(2, "", "tracetool inspect: unknown option: '--bar' (see 'tracetool inspect --help')\n"),
                Cli.run("inspect", "--bar", "x"));
        assertEquals(Cli.run("inspect", "--bar", "x"), Cli.run("inspect", "--bar"));
        assertEquals(
                new Cli.Result(
                        2,
                        "",
                        "tracetool inspect: --format xml: expected one of text, json (see 'tracetool inspect --help')\n"),
                Cli.run("inspect", "--format", "xml", "x"));
    }

    @Test
    void should_take_an_argument_with_an_at_sign_for_what_it_is() {
        assertEquals(
                "tracetool: @file: no such file\n", Cli.run("inspect", "@file").err());
    }
}
