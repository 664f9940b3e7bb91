package dev.tracetool.cli;

import dev.tracetool.cli.command.Command;
import dev.tracetool.cli.command.CommandException;
import dev.tracetool.cli.command.ExitCode;
import dev.tracetool.cli.command.Output;
import dev.tracetool.cli.command.Terminal;
import dev.tracetool.export.SafeText;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;

/** Texts that tell how to use the tool. */
final class Help {
    private Help() {}

    /** The command of that name. */
    static Command find(String name) throws CommandException {
        Command command = Commands.named(name);
        if (command != null) {
            return command;
        }
        String kind = name.startsWith("-") ? "unknown option '" : "unknown command '";
        String closest = Commands.closest(name);
        throw CommandException.usage(
                kind + SafeText.terminal(name) + "'" + (closest == null ? "" : "; did you mean '" + closest + "'?"));
    }

    /** All commands. On standard output, where an error to write is told, if no other stream is given. */
    static int overview(Terminal terminal, @Nullable PrintStream to, int exitCode) throws IOException {
        String text = Commands.root().getUsageMessage(Ansi.OFF);
        if (to != null) {
            to.print(text);
        } else {
            write(terminal, text);
        }
        return exitCode;
    }

    /** One command. */
    static int print(CommandLine line, Terminal terminal) throws IOException {
        CommandSpec spec = line.getCommandSpec();
        // A parent, so that the synopsis begins with the tool's name.
        CommandSpec.create().name("tracetool").addSubcommand(spec.name(), line);
        write(terminal, line.getUsageMessage(Ansi.OFF));
        return ExitCode.OK;
    }

    static int version(Terminal terminal) throws IOException {
        write(terminal, "tracetool " + version() + "\n");
        return ExitCode.OK;
    }

    static String version() throws IOException {
        Properties build = new Properties();
        try (InputStream in = Help.class.getResourceAsStream("build.properties")) {
            if (in != null) {
                build.load(in);
            }
        }
        return build.getProperty("version", "development");
    }

    private static void write(Terminal terminal, String text) throws IOException {
        try (Output output = Output.standard(terminal)) {
            output.stream().write(text.getBytes(StandardCharsets.UTF_8));
            output.commit();
        }
    }
}
