package dev.tracetool.input;

import java.io.Closeable;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A folder or an archive, whose files come one after the other. */
interface Level extends Closeable {
    /** The next file, of whatever content; null at the end. What came before it cannot be read any more. */
    @Nullable
    TraceInput next() throws IOException;
}
