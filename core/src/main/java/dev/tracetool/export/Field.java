package dev.tracetool.export;

import dev.tracetool.code.CodeIdentity;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * A field of the rows of a list, as JSON and CSV have it.
 *
 * @param text its value as text, null for unknown; null itself if it is a number
 * @param number its value as a number, null for unknown; null itself if it is a text
 */
public record Field<T>(
        String name,
        @Nullable Function<T, @Nullable String> text,
        @Nullable Function<T, @Nullable Long> number) {

    public static <T> Field<T> text(String name, Function<T, @Nullable String> value) {
        return new Field<>(name, value, null);
    }

    /** The name of a file of code, unknown if it is empty. */
    public static <T> Field<T> file(String name, Function<T, @Nullable String> value) {
        return text(name, row -> CodeIdentity.knownFile(value.apply(row)));
    }

    public static <T> Field<T> number(String name, ToLongFunction<T> value) {
        return new Field<>(name, null, value::applyAsLong);
    }

    /** A number that is unknown unless it was recorded. */
    public static <T> Field<T> number(String name, boolean recorded, ToLongFunction<T> value) {
        return recorded ? number(name, value) : new Field<>(name, null, row -> null);
    }

    /** The first line of a code object, unknown if there is none, or if its format does not store it. */
    public static <T> Field<T> firstLine(String name, Function<T, @Nullable CodeIdentity> code) {
        return perhaps(name, row -> {
            CodeIdentity identity = code.apply(row);
            return identity == null ? null : firstLine(identity);
        });
    }

    static @Nullable Long firstLine(CodeIdentity identity) {
        return identity.hasFirstLine() ? (Long) (long) identity.firstLine() : null;
    }

    /** A number that is not known of every row. */
    public static <T> Field<T> perhaps(String name, Function<T, @Nullable Long> value) {
        return new Field<>(name, null, value);
    }
}
