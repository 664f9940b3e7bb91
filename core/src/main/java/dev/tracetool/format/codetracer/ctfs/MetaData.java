package dev.tracetool.format.codetracer.ctfs;

import dev.tracetool.input.InputBytes;
import dev.tracetool.trace.TraceException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The file {@code meta.dat}: what recorded which program, and how the streams are to be read.
 *
 * <pre>
 *  0  "CTMD"    4  u16 version    6  u16 flags    8  u32 more flags, from version 5 on
 *     recording id (from version 3 on), program, number of arguments, arguments, folder, recorder,
 *     number of paths and paths (up to version 5), and a block for each of the flags 0 to 3 that is set
 *     texts have their length before them; numbers are varints
 * </pre>
 *
 * <p>A flag that is not known is passed over: it can only announce what this reader does not read. A version that is not
 * known is refused, since it says what addresses of lines mean. Damage after the first words leaves unknown what it hides.
 */
final class MetaData {
    static final String NAME = "meta.dat";

    static final int LAST_VERSION = 6;

    /** What is taken for the version if there is no {@code meta.dat}: writers up to that one wrote it last. */
    private static final int VERSION_OF_NONE = 3;

    private static final int MAX_BYTES = 1 << 24;
    private static final int DIGEST = 32;

    /** A filter that said what to record, as the digest of its text. */
    record Filter(String path, String sha256) {}

    private final int version;
    private final long flags;
    private @Nullable String recordingId;
    private @Nullable String program;
    private final List<String> args = new ArrayList<>();
    private @Nullable String folder;
    private @Nullable String recorder;
    private final List<String> paths = new ArrayList<>();
    private final List<Filter> filters = new ArrayList<>();
    private @Nullable MalformedContainerException damage;

    private MetaData(int version, long flags) {
        this.version = version;
        this.flags = flags;
    }

    /** What is known without the file. */
    static MetaData none() {
        return new MetaData(VERSION_OF_NONE, 0);
    }

    static MetaData read(InputBytes container, InternalFile file) throws IOException {
        byte[] bytes;
        try {
            bytes = file.readAll(MAX_BYTES);
        } catch (MalformedContainerException e) {
            MetaData none = none();
            none.damage = e;
            return none;
        }
        long position = file.place(0);
        if (bytes.length < 8 || !new String(bytes, 0, 4, StandardCharsets.ISO_8859_1).equals("CTMD")) {
            MetaData none = none();
            none.damage =
                    new MalformedContainerException(position, "expected CTMD at the start of meta.dat, found none");
            return none;
        }
        int version = LittleEndian.u16(bytes, 4);
        if (version < 1 || version > LAST_VERSION) {
            throw new TraceException(
                    container.name(),
                    position + 4,
                    "expected a meta.dat of version 1 to " + LAST_VERSION + ", found version " + version
                            + (version > LAST_VERSION ? ", which needs a newer reader" : ""));
        }
        int headed = version >= 5 ? 12 : 8;
        long flags = LittleEndian.u16(bytes, 6);
        if (headed <= bytes.length && version >= 5) {
            flags |= LittleEndian.u32(bytes, 8) << 16;
        }
        MetaData meta = new MetaData(version, flags);
        try {
            meta.read(new Cursor(bytes, Math.min(headed, bytes.length), bytes.length, position, false));
        } catch (MalformedContainerException e) {
            meta.damage = e;
        }
        return meta;
    }

    private void read(Cursor in) throws MalformedContainerException {
        if (version >= 3) {
            recordingId = in.text();
        }
        program = in.text();
        for (int n = in.count(1); n > 0; n--) {
            args.add(in.text());
        }
        folder = in.text();
        recorder = in.text();
        for (int n = version < 6 ? in.count(1) : 0; n > 0; n--) {
            paths.add(in.text());
        }
        if (has(MetaFlag.MCR_FIELDS)) {
            skipMcrFields(in);
        }
        if (has(MetaFlag.REPLAY_LAUNCH)) {
            in.skip(1);
        }
        if (has(MetaFlag.LAYOUT_SNAPSHOT)) {
            in.skip(8);
            in.skipBytes();
        }
        if (has(MetaFlag.TRACE_FILTERS)) {
            for (int n = in.count(1 + DIGEST); n > 0; n--) {
                String path = in.text();
                filters.add(new Filter(path, HexFormat.of().formatHex(in.take(DIGEST))));
            }
        }
    }

    /** What native recordings say of clocks and hooks. */
    private void skipMcrFields(Cursor in) throws MalformedContainerException {
        int numbers = version == 1 ? 3 : 6;
        for (int i = 0; i < numbers; i++) {
            in.varint();
        }
        if (version > 1) {
            for (int i = 0; i < 6; i++) {
                in.skipBytes();
            }
            for (int n = in.count(1); n > 0; n--) {
                in.skipBytes();
            }
        }
    }

    int version() {
        return version;
    }

    long flags() {
        return flags;
    }

    boolean has(MetaFlag flag) {
        return flag.in(flags);
    }

    @Nullable
    String recordingId() {
        return recordingId;
    }

    @Nullable
    String program() {
        return program;
    }

    List<String> args() {
        return args;
    }

    @Nullable
    String folder() {
        return folder;
    }

    @Nullable
    String recorder() {
        return recorder;
    }

    /** Up to version 5; later ones, and those of streams, have them in a table. */
    List<String> paths() {
        return paths;
    }

    List<Filter> filters() {
        return filters;
    }

    /** What is wrong with the file, null if nothing is. */
    @Nullable
    MalformedContainerException damage() {
        return damage;
    }
}
