package dev.tracetool.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * The completion function of bash. It offers commands, options and the values of options that have few; for everything
 * else it offers nothing, upon which bash completes file names. picocli's own script never completes those.
 */
final class BashCompletion {
    private static final String HEAD = """
            _@() {
              local cur=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD-1]} word values= options= valued= prefix= i
              COMPREPLY=()
              # bash takes the = between an option and its value for a word.
              if [ "$cur" = = ]; then
                cur=
              elif [ "$previous" = = ]; then
                previous=${COMP_WORDS[COMP_CWORD-2]}
              fi
              if [ "$COMP_CWORD" -eq 1 ]; then
                COMPREPLY=($(compgen -W '%s' -- "$cur"))
                return
              fi
              case ${COMP_WORDS[1]} in
            """;
    private static final String TAIL = """
              esac
              if [ "${COMP_WORDS[1]}" = record ]; then
                # What follows the program is its own.
                for ((i = 2; i < COMP_CWORD; i++)); do
                  word=${COMP_WORDS[i]}
                  case $word in
                    -m | -c | --) return ;;
                    =) i=$((i + 1)) ;;
                    -*) [[ $valued != *" $word "* || ${COMP_WORDS[i+1]-} = = ]] || i=$((i + 1)) ;;
                    *) return ;;
                  esac
                done
              fi
              if [[ $valued = *" $previous "* ]]; then
                case "${COMP_WORDS[1]} $previous" in
            %s    esac
              elif [[ $cur = -* ]]; then
                values=$options
              fi
              if [ -n "$values" ]; then
                case $cur in
                  *,*) prefix=${cur%%,*}, ;;
                esac
                COMPREPLY=($(compgen -P "$prefix" -W "$values" -- "${cur##*,}"))
              fi
            }
            complete -o bashdefault -o default -F _@ @
            """;

    private BashCompletion() {}

    static String script(CommandSpec root) {
        StringBuilder commands = new StringBuilder();
        StringBuilder values = new StringBuilder();
        for (Map.Entry<String, CommandLine> command : root.subcommands().entrySet()) {
            String name = command.getKey();
            CommandSpec spec = command.getValue().getCommandSpec();
            List<String> options = new ArrayList<>();
            List<String> valued = new ArrayList<>();
            for (OptionSpec option : spec.options()) {
                options.addAll(List.of(option.names()));
                if (option.arity().max() > 0) {
                    valued.addAll(List.of(option.names()));
                }
                if (option.completionCandidates() != null) {
                    List<String> patterns = new ArrayList<>();
                    for (String alias : option.names()) {
                        patterns.add("'" + name + " " + alias + "'");
                    }
                    values.append("      ")
                            .append(String.join(" | ", patterns))
                            .append(") values='")
                            .append(candidates(option))
                            .append("' ;;\n");
                }
            }
            commands.append("    ").append(name).append(")\n");
            commands.append("      options='").append(String.join(" ", options)).append("'\n");
            commands.append("      valued=' ").append(String.join(" ", valued)).append(" '\n");
            for (PositionalParamSpec positional : spec.positionalParameters()) {
                if (positional.completionCandidates() != null) {
                    commands.append("      values='")
                            .append(candidates(positional))
                            .append("'\n");
                }
            }
            commands.append("      ;;\n");
        }
        List<String> first = new ArrayList<>(root.subcommands().keySet());
        for (OptionSpec option : root.options()) {
            first.addAll(List.of(option.names()));
        }
        String script = String.format(HEAD, String.join(" ", first)) + commands + String.format(TAIL, values);
        return "# bash completion of " + root.name() + "\n" + script.replace("@", root.name());
    }

    private static String candidates(ArgSpec arg) {
        return String.join(" ", arg.completionCandidates());
    }
}
