package dev.tracetool.cli.check;

import dev.tracetool.analysis.gate.Gate;
import dev.tracetool.analysis.gate.Threshold;
import dev.tracetool.cli.command.CommandException;
import dev.tracetool.cli.command.Numbers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The gates of a file:
 *
 * <pre>
 * [check]                       total, file, diff: per cent; no-failed-tests, ...: true or false
 * [[check.files]]               glob, total, file
 * [[check.functions]]           name, glob (of files), calls, self, total
 * </pre>
 */
final class CheckConfig {
    private static final String DEFAULT = "tracetool.toml";

    private final String file;
    private final CheckRules rules;

    private CheckConfig(String file, CheckRules rules) {
        this.file = file;
        this.rules = rules;
    }

    /** @param name null for the file that may be in the current folder */
    static void read(@Nullable String name, CheckRules rules) throws IOException {
        if (name == null && !Files.exists(Path.of(DEFAULT))) {
            return;
        }
        String file = name == null ? DEFAULT : name;
        new CheckConfig(file, rules).document(ConfigFile.read(file), name != null);
    }

    /** @param needed whether the user named the file, and not somebody who has other tables in it */
    private void document(ConfigValue document, boolean needed) throws CommandException {
        ConfigValue check = table(document).get("check");
        if (check != null) {
            check(check);
        } else if (needed) {
            throw error(document, "expected a table check, found none");
        }
    }

    private void check(ConfigValue check) throws CommandException {
        Threshold total = null;
        Threshold each = null;
        for (Map.Entry<String, ConfigValue> member : table(check).entrySet()) {
            ConfigValue value = member.getValue();
            switch (member.getKey()) {
                case "total" -> total = percent(value);
                case "file" -> each = percent(value);
                case "diff" -> rules.setDiff(percent(value));
                case "no-failed-tests" -> rules.set(Gate.FAILED_TESTS, bool(value));
                case "no-lost-tests" -> rules.set(Gate.LOST_TESTS, bool(value));
                case "no-new-uncalled" -> rules.set(Gate.NEW_UNCALLED, bool(value));
                case "balanced-calls" -> rules.set(Gate.BALANCED_CALLS, bool(value));
                case "files", "functions" -> {} // after these, which are common
                default -> throw unknown(member.getKey(), value);
            }
        }
        rules.addFiles(null, each, total);
        for (ConfigValue rule : list(table(check).get("files"))) {
            files(rule);
        }
        for (ConfigValue rule : list(table(check).get("functions"))) {
            functions(rule);
        }
    }

    private void files(ConfigValue rule) throws CommandException {
        String glob = null;
        Threshold total = null;
        Threshold each = null;
        for (Map.Entry<String, ConfigValue> member : table(rule).entrySet()) {
            ConfigValue value = member.getValue();
            switch (member.getKey()) {
                case "glob" -> glob = text(value);
                case "total" -> total = percent(value);
                case "file" -> each = percent(value);
                default -> throw unknown(member.getKey(), value);
            }
        }
        if (glob == null || (total == null && each == null)) {
            throw error(rule, "expected glob, and total or file");
        }
        rules.addFiles(glob, each, total);
    }

    private void functions(ConfigValue rule) throws CommandException {
        Map<String, ConfigValue> members = table(rule);
        ConfigValue name = members.get("name");
        ConfigValue glob = members.get("glob");
        if (name == null || members.size() < (glob == null ? 2 : 3)) {
            throw error(rule, "expected name, and calls, self or total");
        }
        String file = glob == null ? null : text(glob);
        Consumer<Limit> add = limit -> rules.addFunctions(limit.function(), file, limit.gate(), limit.most());
        for (Map.Entry<String, ConfigValue> member : members.entrySet()) {
            ConfigValue value = member.getValue();
            switch (member.getKey()) {
                case "name", "glob" -> {}
                case "calls" -> add.accept(new Limit(text(name), Gate.CALLS, natural(value)));
                case "self" -> add.accept(new Limit(text(name), Gate.SELF_TIME, time(value)));
                case "total" -> add.accept(new Limit(text(name), Gate.TOTAL_TIME, time(value)));
                default -> throw unknown(member.getKey(), value);
            }
        }
    }

    private record Limit(String function, Gate gate, long most) {}

    private Map<String, ConfigValue> table(ConfigValue value) throws CommandException {
        Map<String, ConfigValue> members = value.table();
        if (members == null) {
            throw error(value, "expected a table, found " + value.kind());
        }
        return members;
    }

    private Iterable<ConfigValue> list(@Nullable ConfigValue value) throws CommandException {
        if (value == null) {
            return java.util.List.of();
        }
        if (value.list() == null) {
            throw error(value, "expected a list of tables, found " + value.kind());
        }
        return value.list();
    }

    private String text(ConfigValue value) throws CommandException {
        if (value.text() == null) {
            throw error(value, "expected a text, found " + value.kind());
        }
        return value.text();
    }

    private boolean bool(ConfigValue value) throws CommandException {
        if (value.bool() == null) {
            throw error(value, "expected true or false, found " + value.kind());
        }
        return value.bool();
    }

    private Threshold percent(ConfigValue value) throws CommandException {
        String number = value.number() == null ? value.text() : value.number();
        try {
            return Threshold.of(String.valueOf(number));
        } catch (NumberFormatException e) {
            throw error(value, "expected per cent, from 0 to 100, found " + value.kind());
        }
    }

    private long natural(ConfigValue value) throws CommandException {
        try {
            return Numbers.natural("", String.valueOf(value.number()));
        } catch (CommandException e) {
            throw error(value, "expected a whole number from 0 on, found " + value.kind());
        }
    }

    private long time(ConfigValue value) throws CommandException {
        try {
            return Numbers.nanoseconds("", text(value));
        } catch (CommandException e) {
            throw error(value, "expected a time such as \"20ms\", found " + value.kind());
        }
    }

    private CommandException unknown(String key, ConfigValue value) {
        return error(value, "unknown: " + dev.tracetool.export.SafeText.terminal(key));
    }

    private CommandException error(ConfigValue at, String message) {
        return CommandException.file(file, at.place() + message);
    }
}
