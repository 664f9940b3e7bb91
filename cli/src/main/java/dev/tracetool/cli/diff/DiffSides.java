package dev.tracetool.cli.diff;

import dev.tracetool.cli.command.CommandException;
import dev.tracetool.cli.command.Options;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/** The inputs of both sides: two files, or as many as one likes after {@code --base} and {@code --head}. */
record DiffSides(List<String> base, List<String> head) {

    static void addOptions(CommandSpec spec) {
        spec.addPositional(PositionalParamSpec.builder()
                .paramLabel("BASE HEAD")
                .type(String[].class)
                .arity("0..*")
                .hideParamSyntax(true)
                .description(Options.withPlaces("The run before and the run after, traces or summaries."))
                .build());
        spec.addOption(files("Several runs before, each a FILE.", "--base"));
        spec.addOption(files("Several runs after.", "--head"));
    }

    /** Takes all names up to the next option, so that the shell's patterns can be used. */
    private static OptionSpec files(String description, String name) {
        return OptionSpec.builder(name)
                .type(String[].class)
                .arity("1..*")
                .paramLabel("FILE")
                .description(description)
                .build();
    }

    static DiffSides of(ParseResult args) throws CommandException {
        List<String> files = Options.inputs(args);
        List<String> base = Arrays.asList(Options.values(args, "--base"));
        List<String> head = Arrays.asList(Options.values(args, "--head"));
        if (base.isEmpty() && head.isEmpty() && files.size() == 2) {
            return new DiffSides(files.subList(0, 1), files.subList(1, 2));
        }
        if (!files.isEmpty() || base.isEmpty() || head.isEmpty()) {
            throw CommandException.usage(
                    "expected two traces, BASE and HEAD, or several of each after --base and --head"
                            + (files.size() > 2 ? "; found " + files.size() : ""));
        }
        return new DiffSides(base, head);
    }

    List<String> all() {
        List<String> all = new ArrayList<>(base);
        all.addAll(head);
        return all;
    }
}
