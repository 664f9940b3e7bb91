package dev.tracetool.source;

import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What traces say of the source of a file.
 *
 * @param file {@code co_filename}: hostile text
 * @param contents the bytes by their SHA-256, 64 lower-case hexadecimal digits; null where no trace carries them. Of
 *     several, the runs had different versions of the file
 */
public record RecordedSource(String file, SortedMap<String, byte @Nullable []> contents) {
    /** Both together; they are of one file. */
    public RecordedSource plus(RecordedSource other) {
        SortedMap<String, byte @Nullable []> all = new TreeMap<>(contents);
        other.contents.forEach((digest, bytes) -> {
            if (bytes != null || !all.containsKey(digest)) {
                all.put(digest, bytes);
            }
        });
        return new RecordedSource(file, all);
    }
}
