package dev.tracetool.input;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Finds an entry of an archive by its name there. */
interface Siblings {
    @Nullable
    TraceInput find(String entry) throws IOException;

    /** The file of that name in the same folder of the archive as an entry. */
    default @Nullable TraceInput beside(String entry, String fileName) throws IOException {
        return find(entry.substring(0, entry.lastIndexOf('/') + 1) + fileName);
    }
}
