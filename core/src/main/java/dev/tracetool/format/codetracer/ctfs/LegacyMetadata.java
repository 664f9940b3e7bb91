package dev.tracetool.format.codetracer.ctfs;

import dev.tracetool.format.codetracer.JsonErrors;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** What older containers have in place of {@code meta.dat}: {@code meta.json} and {@code paths.json}. */
final class LegacyMetadata {
    private static final JsonFactory JSON = new JsonFactory();
    private static final int MAX_BYTES = 1 << 24;

    private @Nullable String program;
    private List<String> args = List.of();
    private @Nullable String folder;
    private List<String> paths = List.of();
    private boolean there;
    private @Nullable MalformedContainerException damage;

    private interface Content {
        void read(JsonParser json);
    }

    static LegacyMetadata read(Directory directory) throws IOException {
        LegacyMetadata all = new LegacyMetadata();
        all.read(directory.file("meta.json"), all::run);
        all.read(directory.file("paths.json"), json -> {
            json.nextToken();
            all.paths = texts(json);
        });
        return all;
    }

    private void read(@Nullable InternalFile file, Content content) throws IOException {
        if (file == null) {
            return;
        }
        there = true;
        try {
            byte[] bytes = file.readAll(MAX_BYTES);
            try (JsonParser json = JSON.createParser(ObjectReadContext.empty(), bytes)) {
                content.read(json);
            }
        } catch (MalformedContainerException e) {
            damage = e;
        } catch (JacksonException e) {
            damage = new MalformedContainerException(
                    file.place(JsonErrors.position(e, 0)), file.name() + ": " + JsonErrors.message(e));
        }
    }

    private void run(JsonParser json) {
        if (json.nextToken() != JsonToken.START_OBJECT) {
            return;
        }
        for (String name = json.nextName(); name != null; name = json.nextName()) {
            json.nextToken();
            switch (name) {
                case "program" -> program = text(json);
                case "args" -> args = texts(json);
                case "workdir" -> folder = text(json);
                default -> json.skipChildren();
            }
        }
    }

    private static @Nullable String text(JsonParser json) {
        String text = json.currentToken() == JsonToken.VALUE_STRING ? json.getString() : null;
        json.skipChildren();
        return text;
    }

    private static List<String> texts(JsonParser json) {
        if (json.currentToken() != JsonToken.START_ARRAY) {
            json.skipChildren();
            return List.of();
        }
        List<String> texts = new ArrayList<>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            String text = text(json);
            texts.add(text == null ? "" : text);
        }
        return texts;
    }

    /** Whether there is either file. */
    boolean there() {
        return there;
    }

    @Nullable
    String program() {
        return program;
    }

    List<String> args() {
        return args;
    }

    @Nullable
    String folder() {
        return folder;
    }

    List<String> paths() {
        return paths;
    }

    /** What is wrong with them, null if nothing is. */
    @Nullable
    MalformedContainerException damage() {
        return damage;
    }
}
