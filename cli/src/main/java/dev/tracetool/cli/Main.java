package dev.tracetool.cli;

import dev.tracetool.cli.command.Command;
import dev.tracetool.cli.command.ExitCode;
import dev.tracetool.cli.command.Failures;
import dev.tracetool.cli.command.Terminal;
import dev.tracetool.cli.record.RecordCommand;
import dev.tracetool.input.InputName;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Runs the command that the first argument names, and turns whatever happens into an exit code. */
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        Locale.setDefault(Locale.ROOT);
        PrintStream err = new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
        OutputStream out = new FileOutputStream(FileDescriptor.out);
        System.exit(run(args, new Terminal(System.in, out, err, System.getenv(), true)));
    }

    /** The same with other streams, which are never taken for terminals. */
    public static int run(String[] args, InputStream in, OutputStream out, PrintStream err) {
        return run(args, new Terminal(in, out, err, System.getenv(), false));
    }

    static int run(String[] args, Terminal terminal) {
        String name = "tracetool";
        try {
            if (args.length == 0) {
                return Help.overview(terminal, terminal.err(), ExitCode.USAGE);
            }
            switch (args[0]) {
                case "-h", "--help" -> {
                    return Help.overview(terminal, null, ExitCode.OK);
                }
                case "-V", "--version" -> {
                    return Help.version(terminal);
                }
                default -> {
                    Command command = Help.find(args[0]);
                    name = "tracetool " + args[0];
                    return run(command, Arrays.copyOfRange(args, 1, args.length), terminal);
                }
            }
        } catch (ParameterException e) {
            String message = e.getMessage() == null ? "wrong arguments" : e.getMessage();
            return Failures.usage(name, Character.toLowerCase(message.charAt(0)) + message.substring(1), terminal);
        } catch (IOException | RuntimeException | Error e) {
            return Failures.report(name, e, terminal);
        } finally {
            terminal.err().flush();
        }
    }

    /**
     * With {@code -!ENTRY}, an entry of an archive on standard input, under its other name: picocli would take it for an
     * option. Not for a command of whose arguments some are a program's.
     */
    private static String[] named(String[] args) {
        String[] named = args.clone();
        for (int i = 0; i < named.length && !named[i].equals("--"); i++) {
            boolean output = i > 0 && (named[i - 1].equals("-o") || named[i - 1].equals("--output"));
            if (named[i].startsWith(InputName.STANDARD_INPUT + "!") && !output) {
                named[i] = InputName.CALLED + named[i].substring(InputName.STANDARD_INPUT.length());
            }
        }
        return named;
    }

    /** An option that does not exist is told before what is missing. */
    private static ParseResult parsed(CommandLine line, String[] args) {
        try {
            return line.parseArgs(args);
        } catch (MissingParameterException e) {
            List<String> unmatched = line.getUnmatchedArguments();
            throw unmatched.isEmpty() ? e : new UnmatchedArgumentException(line, unmatched);
        }
    }

    private static int run(Command command, String[] args, Terminal terminal) throws IOException {
        CommandLine line = Commands.parser(command.spec());
        ParseResult parsed = parsed(line, command instanceof RecordCommand ? args : named(args));
        if (parsed.isUsageHelpRequested()) {
            return Help.print(line, terminal);
        }
        return command.run(parsed, terminal);
    }
}
