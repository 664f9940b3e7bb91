package dev.tracetool.format.codetracer;

import dev.tracetool.trace.TraceException;
import java.io.Closeable;
import java.io.IOException;

/** Reads the records of one input, in one pass. */
public interface RecordReader extends Closeable {
    /**
     * Where the record begins that is passed on: a byte position in the file. Of a file that is packed, where the piece
     * begins that has to be unpacked for it.
     */
    long position();

    /**
     * Passes on all records.
     *
     * @return whether nothing is missing at the end
     * @throws MalformedRecordException if what comes after the records that were passed on cannot be read
     * @throws TraceException if nothing of the input can be used
     */
    boolean read(RecordSink sink) throws IOException, MalformedRecordException;

    /**
     * Passes on all records with all that they hold; either this or {@link #read} is called, once.
     *
     * @param bounded whether an input is refused in which one thing is referred to over and over, so that it comes to much
     *     more than its own size
     * @return whether nothing is missing at the end
     * @throws MalformedRecordException if what comes after the records that were passed on cannot be read
     */
    boolean copy(RecordTokens to, boolean bounded) throws IOException, MalformedRecordException;
}
