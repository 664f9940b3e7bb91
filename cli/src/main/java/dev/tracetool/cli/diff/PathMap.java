package dev.tracetool.cli.diff;

import dev.tracetool.analysis.Paths;
import dev.tracetool.cli.command.CommandException;
import dev.tracetool.cli.command.Options;
import dev.tracetool.export.SafeText;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import picocli.CommandLine.ParseResult;

/** {@code --map}: what stands for the folders that a path can begin with. The first that fits is taken. */
final class PathMap implements UnaryOperator<String> {
    private record Mapping(String from, String to) {}

    private final List<Mapping> mappings = new ArrayList<>();

    static PathMap of(ParseResult args) throws CommandException {
        PathMap map = new PathMap();
        for (String value : Options.values(args, "--map")) {
            int equals = value.indexOf('=');
            if (equals <= 0 || equals == value.length() - 1) {
                throw CommandException.usage(
                        "--map " + SafeText.terminal(value) + ": expected OLD=NEW, two folders or files");
            }
            map.mappings.add(new Mapping(trimmed(value.substring(0, equals)), trimmed(value.substring(equals + 1))));
        }
        return map;
    }

    private static String trimmed(String folder) {
        return folder.length() > 1 && folder.endsWith("/") ? folder.substring(0, folder.length() - 1) : folder;
    }

    @Override
    public String apply(String path) {
        for (Mapping mapping : mappings) {
            if (path.equals(mapping.from)) {
                return mapping.to;
            }
            String below = Paths.below(path, mapping.from);
            if (!below.equals(path)) {
                return mapping.to + (mapping.to.endsWith("/") ? "" : "/") + below;
            }
        }
        return path;
    }
}
