package dev.tracetool.summary;

import dev.tracetool.analysis.InputActivity;
import dev.tracetool.analysis.Summary;
import dev.tracetool.trace.TraceException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.List;

/**
 * Writes and reads summary files, tracetool-summary(5). Two summaries that tell the same are written as the same bytes,
 * in whatever order they were merged.
 */
public final class SummaryFile {
    /** How many of the first bytes {@link #matches} looks at. */
    public static final int HEAD_BYTES = 8;

    private final Repeats texts = new Repeats();
    private final Repeats digests = new Repeats();

    /** Reads summaries one after the other. */
    public SummaryFile() {}

    /** Whether a file that begins like this is a summary, be it damaged or of another version. */
    public static boolean matches(byte[] head) {
        return head.length >= HEAD_BYTES && Arrays.equals(Arrays.copyOf(head, HEAD_BYTES), Section.MAGIC);
    }

    /** Writes a summary with all its parts. The stream stays open. */
    public static void write(Summary summary, OutputStream out) throws IOException {
        new SummaryWriter(summary).write(out);
    }

    /**
     * Checks that a file is whole, as far as its checksums tell, and that all of its sections are known here. Much quicker
     * than reading it.
     *
     * @param in closed in the end
     * @throws TraceException as {@link #read} does
     */
    public static void check(String name, InputStream in, long size) throws IOException {
        try (SectionReader sections = new SectionReader(name, in, size)) {
            SummaryReader.check(sections);
        }
    }

    /** Decides, once the runs of a file are known, what everything else in it is added to. */
    public interface Target {
        /** @return of those parts that are to be read; the others are passed over */
        Summary of(List<InputActivity> runs) throws IOException;
    }

    /**
     * Reads a summary and adds it to another one, in part if it turns out to be none. Quicker where it resembles the one that
     * was read before.
     *
     * @param name of the input, for errors
     * @param in closed in the end
     * @param size of the input in bytes
     * @throws TraceException if it is not a whole summary file of a version that is known
     */
    public void read(String name, InputStream in, long size, Target target) throws IOException {
        try (SectionReader sections = new SectionReader(name, in, size)) {
            new SummaryReader(target, texts, digests).read(sections);
        }
    }
}
