package dev.tracetool.format.codetracer;

import dev.tracetool.trace.ReadResult;
import dev.tracetool.trace.Trace;
import java.io.IOException;

/** A trace whose events have values and other records beside them, and which does not consist of records itself. */
public interface ValuedTrace extends Trace {
    /** Whether it is such a trace at all. */
    boolean hasValues();

    /** Reads all of it, as {@link #read} does, and the records that are no events. */
    ReadResult readWithValues(RecordVisitor visitor) throws IOException;
}
