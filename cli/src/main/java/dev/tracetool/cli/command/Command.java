package dev.tracetool.cli.command;

import java.io.IOException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/**
 * One command. A class, a line in {@code Commands}, a manual page and a test make a new one.
 *
 * <p>The options are declared as a model rather than by annotations: reading annotations costs half of the start-up.
 */
public interface Command {
    /** Options, parameters and help of the command; see {@link Options} for what several commands share. */
    CommandSpec spec();

    /**
     * Runs the command.
     *
     * @return the exit code
     * @throws CommandException for an error that the user can do something about; a {@link
     *     dev.tracetool.trace.TraceException} is one too
     */
    int run(ParseResult args, Terminal terminal) throws IOException;
}
