package dev.tracetool.cli.check;

import dev.tracetool.cli.command.CommandException;
import dev.tracetool.export.SafeText;
import dev.tracetool.format.JsonErrors;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tomlj.Toml;
import org.tomlj.TomlArray;
import org.tomlj.TomlParseError;
import org.tomlj.TomlParseResult;
import org.tomlj.TomlPosition;
import org.tomlj.TomlTable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;

/** Reads a configuration file, TOML or JSON, into values that know where they stand. */
final class ConfigFile {
    /** People write some hundred lines. */
    private static final int MAX_BYTES = 1 << 20;

    private static final int MAX_DEPTH = 100;

    private final String name;

    private ConfigFile(String name) {
        this.name = name;
    }

    static ConfigValue read(String name) throws IOException {
        ConfigFile file = new ConfigFile(name);
        String text = file.text();
        return name.endsWith(".json") ? file.json(text) : file.toml(text);
    }

    private String text() throws IOException {
        byte[] bytes;
        try (InputStream in = Files.newInputStream(Path.of(name))) {
            bytes = in.readNBytes(MAX_BYTES + 1);
        } catch (InvalidPathException e) {
            throw CommandException.file(name, "not a file name");
        } catch (IOException e) {
            throw CommandException.file(name, e);
        }
        if (bytes.length > MAX_BYTES) {
            throw CommandException.file(name, "larger than the 1 MiB that a file of gates can have");
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw CommandException.file(name, "expected UTF-8, found other bytes");
        }
    }

    // TOML

    private ConfigValue toml(String text) throws CommandException {
        TomlParseResult result;
        try {
            result = Toml.parse(text);
        } catch (StackOverflowError e) { // its parser calls itself for each bracket; nothing of it is used any more
            throw CommandException.file(name, "nested too deeply");
        }
        if (result.hasErrors()) {
            TomlParseError first = result.errors().get(0);
            throw error(first.position().line(), first.position().column(), String.valueOf(first.getMessage()));
        }
        return table(result, null, 0);
    }

    private ConfigValue table(TomlTable table, @Nullable TomlPosition at, int depth) throws CommandException {
        Map<String, ConfigValue> members = new LinkedHashMap<>();
        for (String key : table.keySet()) {
            List<String> path = List.of(key);
            members.put(key, value(table.get(path), table.inputPositionOf(path), depth));
        }
        return ConfigValue.table(line(at), column(at), members);
    }

    private ConfigValue value(@Nullable Object value, @Nullable TomlPosition at, int depth) throws CommandException {
        if (depth > MAX_DEPTH) {
            throw error(line(at), column(at), "nested too deeply");
        }
        if (value instanceof TomlTable table) {
            return table(table, at, depth + 1);
        }
        if (value instanceof TomlArray array) {
            List<ConfigValue> elements = new ArrayList<>();
            for (int i = 0; i < array.size(); i++) {
                elements.add(value(array.get(i), array.inputPositionOf(i), depth + 1));
            }
            return ConfigValue.list(line(at), column(at), elements);
        }
        return ConfigValue.scalar(line(at), column(at), value);
    }

    private static int line(@Nullable TomlPosition at) {
        return at == null ? 1 : at.line();
    }

    private static int column(@Nullable TomlPosition at) {
        return at == null ? 1 : at.column();
    }

    // JSON

    private ConfigValue json(String text) throws CommandException {
        try (JsonParser parser = JsonFactory.builder().build().createParser(ObjectReadContext.empty(), text)) {
            parser.nextToken();
            ConfigValue value = value(parser, 0);
            if (parser.nextToken() != null) {
                throw error(parser.currentTokenLocation(), "expected the end of the file");
            }
            return value;
        } catch (JacksonException e) {
            TokenStreamLocation at = e.getLocation(); // null of a number that is too long
            throw error(at == null ? 1 : at.getLineNr(), at == null ? 1 : at.getColumnNr(), JsonErrors.message(e));
        }
    }

    private ConfigValue value(JsonParser parser, int depth) throws CommandException {
        TokenStreamLocation at = parser.currentTokenLocation();
        if (depth > MAX_DEPTH) {
            throw error(at, "nested too deeply");
        }
        JsonToken token = parser.currentToken();
        if (token == null) {
            throw error(at, "expected a value, found the end of the file");
        }
        switch (token) {
            case START_OBJECT -> {
                Map<String, ConfigValue> members = new LinkedHashMap<>();
                while (parser.nextToken() != JsonToken.END_OBJECT) {
                    String key = parser.currentName();
                    parser.nextToken();
                    if (members.put(key, value(parser, depth + 1)) != null) {
                        throw error(parser.currentTokenLocation(), "twice: " + SafeText.terminal(key));
                    }
                }
                return ConfigValue.table(at.getLineNr(), at.getColumnNr(), members);
            }
            case START_ARRAY -> {
                List<ConfigValue> elements = new ArrayList<>();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    elements.add(value(parser, depth + 1));
                }
                return ConfigValue.list(at.getLineNr(), at.getColumnNr(), elements);
            }
            default -> {
                Object value = switch (token) {
                    case VALUE_STRING -> parser.getString();
                    case VALUE_NUMBER_INT -> parser.getBigIntegerValue();
                    case VALUE_NUMBER_FLOAT -> parser.getDecimalValue();
                    case VALUE_TRUE -> true;
                    case VALUE_FALSE -> false;
                    default -> null;
                };
                return ConfigValue.scalar(at.getLineNr(), at.getColumnNr(), value);
            }
        }
    }

    private CommandException error(TokenStreamLocation at, String message) {
        return error(at.getLineNr(), at.getColumnNr(), message);
    }

    private CommandException error(int line, int column, String message) {
        String first = message.lines().findFirst().orElse("");
        return CommandException.file(name, "line " + line + ", column " + column + ": " + SafeText.terminal(first));
    }
}
