package dev.tracetool.format.codetracer;

import dev.tracetool.input.LimitException;
import dev.tracetool.input.TraceInput;
import dev.tracetool.trace.Damage;
import dev.tracetool.trace.DetailTable;
import dev.tracetool.trace.TraceMetadata;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What recorders write beside a trace: of a trace {@code X.json}, or {@code X.bin}, or {@code X.v0.bin}, the run in
 * {@code X_metadata.json} and the paths once more in {@code X_paths.json}. Neither need be there. One that cannot be read
 * is damage, and as good as none: the trace itself is read all the same.
 */
final class Sidecars {
    /** A larger file is none of these. */
    private static final int MAX_BYTES = 16 << 20;

    private final MetadataSidecar about = new MetadataSidecar();
    private final Damage damage = new Damage();
    private List<String> paths = List.of();

    private Sidecars() {}

    /** Those of an input, as far as they are there. */
    static Sidecars of(TraceInput input) throws IOException {
        Sidecars all = new Sidecars();
        String stem = stem(input.name());
        all.read(input.beside(stem + "_metadata.json"), all.about::read);
        all.read(input.beside(stem + "_paths.json"), json -> all.paths = json.paths());
        return all;
    }

    /** The file name up to its first dot. */
    static String stem(String name) {
        String file = file(name);
        int dot = file.indexOf('.', 1);
        return dot < 0 ? file : file.substring(0, dot);
    }

    /** Without the folder, and without the archive. */
    private static String file(String name) {
        int separator = Math.max(Math.max(name.lastIndexOf('/'), name.lastIndexOf('!')), name.lastIndexOf('\\'));
        return name.substring(separator + 1);
    }

    private void read(@Nullable TraceInput file, SidecarJson.Content content) throws IOException {
        if (file == null) {
            return;
        }
        String name = file(file.name());
        try {
            for (MalformedRecordException each : SidecarJson.read(bytes(file), content)) {
                wrong(name, each.at(), each.text());
            }
        } catch (MalformedRecordException e) {
            wrong(name, e.at(), e.text());
        } catch (LimitException e) {
            throw e;
        } catch (IOException e) {
            damage.add(0, name + ", which stands beside it, cannot be read", 0, 0, 0);
        }
    }

    private void wrong(String name, long at, String message) {
        damage.add(0, name + ", which stands beside it, byte " + at + ": " + message, 0, 0, 0);
    }

    private static byte[] bytes(TraceInput file) throws IOException, MalformedRecordException {
        try (InputStream in = file.stream()) {
            byte[] bytes = in.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                throw new MalformedRecordException(MAX_BYTES, "expected at most " + MAX_BYTES + " bytes, found more");
            }
            return bytes;
        }
    }

    /** What is in the file that is named like the input up to its first dot, and then so; null if that cannot be had. */
    static byte @Nullable [] content(TraceInput input, String name) throws IOException {
        TraceInput file = input.beside(stem(input.name()) + name);
        if (file == null) {
            return null;
        }
        try {
            return bytes(file);
        } catch (IOException | MalformedRecordException e) {
            return null; // that it cannot be read was damage when the trace was opened
        }
    }

    TraceMetadata metadata() {
        return about.metadata();
    }

    /** By id; empty if nothing says. */
    List<String> paths() {
        return paths;
    }

    List<DetailTable> details() {
        return about.details();
    }

    void addDamage(Damage to) {
        for (Damage.Note note : damage.notes()) {
            to.add(note.position(), note.message(), 0, 0, 0);
        }
    }
}
