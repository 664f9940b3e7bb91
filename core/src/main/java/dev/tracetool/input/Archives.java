package dev.tracetool.input;

import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import org.jspecify.annotations.Nullable;

/** Opens archives, and what is compressed. */
final class Archives {
    private Archives() {}

    static Level open(
            TraceInput archive, Packing packing, Budget budget, InputRules rules, Skipped skipped, Selection selection)
            throws IOException {
        if (packing == Packing.ZIP) {
            return new ZipLevel(archive, budget, skipped, selection);
        }
        PositionStream file = new PositionStream(archive.stream());
        // Not buffered: a decompressor that meets damage gives nothing of what was asked of it at once.
        PushbackInputStream in =
                new PushbackInputStream(unpacked(archive, packing, file, budget.limits()), Packing.HEAD_BYTES);
        try {
            if (packing == Packing.TAR || isTar(in)) {
                Companions companions = new Companions(archive, packing, rules);
                return new TarLevel(archive, packing != Packing.TAR, in, file, budget, skipped, companions);
            }
            budget.isOfOneFile(archive.name());
            return new FileLevel(archive, new MeteredStream(in, new Meter(budget)), file, budget.limits());
        } catch (IOException | RuntimeException e) {
            in.close();
            throw ArchiveErrors.told(archive.name(), file.position(), ArchiveErrors.ARCHIVE, e);
        }
    }

    /** One that is known to be a tar file, without what is beside its entries. */
    static Level tar(TraceInput archive, Packing packing, Budget budget, InputRules rules) throws IOException {
        PositionStream file = new PositionStream(archive.stream());
        InputStream in = unpacked(archive, packing, file, rules.limits());
        return new TarLevel(archive, packing != Packing.TAR, in, file, budget, new Skipped(), name -> null);
    }

    private static InputStream unpacked(TraceInput archive, Packing packing, PositionStream in, InputLimits limits)
            throws IOException {
        if (packing == Packing.TAR) {
            return in;
        }
        try {
            return Unpacker.open(packing, in, limits);
        } catch (IOException | RuntimeException e) {
            throw ArchiveErrors.told(archive.name(), in.position(), ArchiveErrors.ARCHIVE, e);
        }
    }

    private static boolean isTar(PushbackInputStream in) throws IOException {
        byte[] head = in.readNBytes(Packing.HEAD_BYTES);
        in.unread(head);
        return Packing.of(head) == Packing.TAR;
    }

    /** A compressed file that is no archive: the file that is in it, by the same name. */
    private static final class FileLevel implements Level {
        private final InputStream in;
        private final StreamedInput file;
        private boolean done;

        FileLevel(TraceInput archive, InputStream in, PositionStream packed, InputLimits limits) {
            this.in = in;
            this.file = new StreamedInput(
                    archive.name(), new EntryStream(archive.name(), in, packed), limits, archive::beside);
        }

        @Override
        public @Nullable TraceInput next() {
            if (done) {
                return null;
            }
            done = true;
            return file;
        }

        @Override
        public void close() throws IOException {
            try (in) {
                file.close();
            }
        }
    }
}
