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
        for (String name : Commands.names()) {
            assertTrue(help.out().contains("\n  " + name + " "), name);
        }
        assertEquals(help, Cli.run("-h"));
        assertEquals(help, Cli.run("help"));
        assertEquals(new Cli.Result(2, "", help.out()), Cli.run());
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
