package dev.tracetool.cli.record;

import dev.tracetool.cli.command.Command;
import dev.tracetool.cli.command.CommandException;
import dev.tracetool.cli.command.Options;
import dev.tracetool.cli.command.Terminal;
import dev.tracetool.trace.EventKind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Stack;
import picocli.CommandLine.IParameterConsumer;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/**
 * {@code record}: runs a Python program under the embedded recorder. From the program's name on, every argument is the
 * program's; streams, signals and exit code are the program's too.
 */
public final class RecordCommand implements Command {
    /** Options that the recorder has as well, handed on as they are. */
    private static final List<String> FLAGS =
            List.of("--all", "--line-times", "--with-source", "--force", "--no-subprocesses");

    private static final List<String> WITH_VALUE = List.of("--mode");
    private static final List<String> WITH_VALUES = List.of("--include", "--exclude");

    @Override
    public CommandSpec spec() {
        CommandSpec spec = Options.command(
                "record",
                "Run a Python program and record what it executes. Needs CPython 3.12 or later.",
                "Examples:",
                "  tracetool record -o trace.bin script.py --verbose input.txt",
                "  tracetool record --mode coverage -m pytest tests");
        spec.usageMessage()
                .customSynopsis(
                        "tracetool record [OPTIONS] [--] SCRIPT [ARGS...]",
                        "       tracetool record [OPTIONS] -m MODULE [ARGS...]",
                        "       tracetool record [OPTIONS] -c CODE [ARGS...]");
        spec.addPositional(PositionalParamSpec.builder()
                .paramLabel("SCRIPT [ARGS...]")
                .hideParamSyntax(true)
                .type(String[].class)
                .arity("0..*")
                .parameterConsumer(new Rest())
                .description("The program and its arguments.")
                .build());
        spec.addOption(program("MODULE", "Run a module, as python -m does.", "-m"));
        spec.addOption(program("CODE", "Run a text, as python -c does.", "-c"));
        spec.addOption(Options.value("FILE", "Write the trace to FILE (default: trace.bin).", "-o", "--output"));
        spec.addOption(Options.choice(
                "What to record (default: lines).", List.of("lines", "calls", "coverage", "full"), "--mode"));
        spec.addOption(Options.list(
                "LIST",
                EventKind.names(),
                "Record exactly these kinds of events, separated by commas, instead of those of a mode.",
                "--events"));
        spec.addOption(Options.flag("Record the standard library and installed packages too.", "--all"));
        spec.addOption(Options.values("GLOB", "Record files that match, wherever they are.", "--include"));
        spec.addOption(Options.values("GLOB", "Leave out files that match.", "--exclude"));
        spec.addOption(Options.flag("Give every line event a time.", "--line-times"));
        spec.addOption(Options.flag("Write the text of the source files into the trace.", "--with-source"));
        spec.addOption(Options.flag("Overwrite FILE if it exists.", "--force"));
        spec.addOption(Options.flag("Leave alone the Python programs that the program starts.", "--no-subprocesses"));
        spec.addOption(Options.value("EXE", "The Python to run (default: the first suitable one).", "--python"));
        return spec;
    }

    private static OptionSpec program(String label, String description, String name) {
        return OptionSpec.builder(name)
                .type(String[].class)
                .arity("1..*")
                .paramLabel(label + " [ARGS...]")
                .hideParamSyntax(true)
                .parameterConsumer(new Rest())
                .description(description)
                .build();
    }

    /** Takes everything that is left, whatever it looks like. */
    private static final class Rest implements IParameterConsumer {
        @Override
        @SuppressWarnings("JdkObsolete") // The signature is picocli's.
        public void consumeParameters(Stack<String> args, ArgSpec spec, CommandSpec command) {
            List<String> rest = new ArrayList<>();
            while (!args.isEmpty()) {
                rest.add(args.pop());
            }
            spec.setValue(rest.toArray(new String[0]));
        }
    }

    @Override
    public int run(ParseResult args, Terminal terminal) throws IOException {
        List<String> program = program(args);
        Options.choice(args, "--mode");
        if (Options.isSet(args, "--mode") && Options.isSet(args, "--events")) {
            throw CommandException.usage("--mode and --events exclude each other");
        }
        if ("".equals(Options.value(args, "--output"))) {
            throw CommandException.usage("-o needs a file name");
        }
        String python = new PythonFinder(terminal).find(Options.value(args, "--python"));
        try (RecorderFile recorder = RecorderFile.extract(terminal)) {
            List<String> command = new ArrayList<>();
            command.add(python);
            command.add(recorder.path().toString());
            addOptions(args, command);
            command.addAll(program);
            return ChildProcess.run(command, terminal);
        }
    }

    private static List<String> program(ParseResult args) throws CommandException {
        CommandSpec spec = args.commandSpec();
        List<String> program = new ArrayList<>();
        for (String option : List.of("-m", "-c")) {
            List<String> words = rest(spec.findOption(option));
            if (!words.isEmpty()) {
                program.add(option);
                program.addAll(words);
            }
        }
        List<String> script = rest(spec.positionalParameters().get(0));
        // Behind "--" picocli no longer looks for options, but nobody has a script of the name "-m".
        if (!script.isEmpty() && !script.get(0).equals("-m") && !script.get(0).equals("-c")) {
            program.add("--");
        }
        program.addAll(script);
        if (program.isEmpty()) {
            throw CommandException.usage("expected a program: SCRIPT, -m MODULE or -c CODE");
        }
        return program;
    }

    private static List<String> rest(ArgSpec arg) {
        String[] words = arg.getValue();
        return words == null ? List.of() : Arrays.asList(words);
    }

    private static void addOptions(ParseResult args, List<String> command) throws CommandException {
        for (String option : FLAGS) {
            if (Options.isSet(args, option)) {
                command.add(option);
            }
        }
        String output = Options.value(args, "--output");
        if (output != null) {
            // The only name that the recorder has for it.
            command.add("-o");
            command.add(output);
        }
        for (String option : WITH_VALUE) {
            String value = Options.value(args, option);
            if (value != null) {
                command.add(option + "=" + value);
            }
        }
        if (Options.isSet(args, "--events")) {
            command.add("--events=" + String.join(",", Options.listed(args, "--events")));
        }
        for (String option : WITH_VALUES) {
            for (String value : Options.values(args, option)) {
                command.add(option + "=" + value);
            }
        }
    }
}
