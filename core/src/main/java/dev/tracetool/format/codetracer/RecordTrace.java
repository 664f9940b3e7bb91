package dev.tracetool.format.codetracer;

import dev.tracetool.trace.Damage;
import dev.tracetool.trace.Trace;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A trace that can be had as the records that it consists of. */
public interface RecordTrace extends Trace {
    /** Whether it consists of records at all. */
    boolean hasRecords();

    /**
     * Hands over all records with all that they hold; those before a place that cannot be read.
     *
     * @param damage to which that place is added
     * @param bounded see {@link RecordReader#copy}
     * @return whether nothing is missing at the end
     */
    boolean copy(RecordTokens to, Damage damage, boolean bounded) throws IOException;

    /**
     * What stands beside it, as it is.
     *
     * @param name what it has after the trace's own name up to its first dot: {@code _metadata.json}
     * @return null if there is no such file, or one that cannot be read
     */
    byte @Nullable [] beside(String name) throws IOException;
}
