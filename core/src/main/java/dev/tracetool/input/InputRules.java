package dev.tracetool.input;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is looked for in folders and archives, and how far that may go. This package knows no formats; it is told.
 */
public interface InputRules {
    /** How many of the first bytes of a file {@link #isTrace} needs at most; at least {@link Packing#HEAD_BYTES}. */
    int headBytes();

    /** Whether a file that begins so is looked for. */
    boolean isTrace(byte[] head);

    /**
     * Whether a file that begins so is given out too, if it is named, or if nothing that {@link #isTrace} is found beside
     * it.
     */
    boolean isSecondChoice(byte[] head);

    /** What a file that begins so is known to be, if it is none of these; null if it is not known. */
    @Nullable
    String describe(byte[] head);

    /** The names of files in its place, without folder, of which a file of that name is a copy; one is enough. */
    List<String> originals(String fileName);

    /** Whether a file of that name, without folder, belongs to a trace beside it. */
    boolean isCompanion(String fileName);

    /** For archives. */
    InputLimits limits();

    /** Every file that is not in an archive is handed through this before it is read: who wants to, counts there. */
    TraceInput opened(TraceInput input);
}
