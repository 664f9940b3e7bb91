package dev.tracetool.cli.inspect;

import dev.tracetool.cli.command.CodeTable;
import dev.tracetool.cli.command.CommandException;
import dev.tracetool.cli.command.Numbers;
import dev.tracetool.cli.command.Options;
import dev.tracetool.code.CodeObjectWrapper;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.ParseResult;

/**
 * Which code objects are wanted.
 *
 * @param listed whether all are to be listed
 * @param indices of those of which everything is wanted
 */
record CodeChoice(boolean listed, List<Long> indices) {
    static CodeChoice of(ParseResult args) throws CommandException {
        List<Long> indices = new ArrayList<>();
        for (String value : Options.values(args, "--code")) {
            indices.add(Numbers.unsigned("--code", value));
        }
        return new CodeChoice(Options.isSet(args, "--codes"), List.copyOf(indices));
    }

    /**
     * Those of a trace of which everything is wanted.
     *
     * @throws CommandException if it does not have one of them
     */
    List<CodeObjectWrapper> from(String name, List<CodeObjectWrapper> codes) throws CommandException {
        CodeTable table = new CodeTable(codes);
        List<CodeObjectWrapper> chosen = new ArrayList<>();
        for (long index : indices) {
            CodeObjectWrapper code = table.at(index);
            if (code == null) {
                throw CommandException.file(
                        name,
                        "has no code object " + Long.toUnsignedString(index)
                                + (table.size() == 0 ? ", as it has none" : "; the last one is " + (table.size() - 1)));
            }
            chosen.add(code);
        }
        return chosen;
    }
}
