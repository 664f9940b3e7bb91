package dev.tracetool.format.codetracer.ctfs;

import dev.tracetool.format.codetracer.MalformedRecordException;
import dev.tracetool.format.codetracer.MetadataSidecar;
import dev.tracetool.format.codetracer.SidecarJson;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What older containers have in place of {@code meta.dat}: {@code meta.json} and {@code paths.json}, which hold what the
 * files beside other encodings do.
 */
final class LegacyMetadata {
    private static final int MAX_BYTES = 1 << 24;

    private final MetadataSidecar about = new MetadataSidecar();
    private List<String> paths = List.of();
    private boolean there;
    private @Nullable MalformedContainerException damage;

    static LegacyMetadata read(Directory directory) throws IOException {
        LegacyMetadata all = new LegacyMetadata();
        all.read(directory.file("meta.json"), all.about::read);
        all.read(directory.file("paths.json"), json -> all.paths = json.paths());
        return all;
    }

    private void read(@Nullable InternalFile file, SidecarJson.Content content) throws IOException {
        if (file == null) {
            return;
        }
        there = true;
        try {
            for (MalformedRecordException each : SidecarJson.read(file.readAll(MAX_BYTES), content)) {
                damage = damage == null ? malformed(file, each.at(), each.text()) : damage;
            }
        } catch (MalformedContainerException e) {
            damage = damage == null ? new MalformedContainerException(e.at(), e.textIn(file.name())) : damage;
        }
    }

    private static MalformedContainerException malformed(InternalFile file, long at, String message)
            throws IOException {
        return new MalformedContainerException(file.place(at), file.name() + ": " + message);
    }

    /** Whether there is either file. */
    boolean there() {
        return there;
    }

    @Nullable
    String program() {
        return about.program();
    }

    List<String> args() {
        return about.args();
    }

    @Nullable
    String folder() {
        return about.workdir();
    }

    List<String> paths() {
        return paths;
    }

    /** What is wrong with them, null if nothing is. */
    @Nullable
    MalformedContainerException damage() {
        return damage;
    }
}
