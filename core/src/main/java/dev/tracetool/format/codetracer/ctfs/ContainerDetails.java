package dev.tracetool.format.codetracer.ctfs;

import dev.tracetool.format.codetracer.RunDetails;
import dev.tracetool.input.InputBytes;
import dev.tracetool.trace.DetailTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a container tells of itself. */
final class ContainerDetails {
    private ContainerDetails() {}

    static DetailTable container(InputBytes container, ContainerHeader header, CtfsTrace.Content content) {
        boolean compact = header.compact();
        return new DetailTable(
                "container",
                List.of("version", "profile", "block_size", "blocks", "content"),
                List.of(Arrays.asList(
                        (long) header.version(),
                        compact ? "compact" : "full",
                        compact ? null : (Long) (long) header.blockSize(),
                        compact ? null : (Long) (container.size() / header.blockSize()),
                        content.label())));
    }

    static DetailTable recording(MetaData meta, boolean there) {
        return new DetailTable(
                "recording",
                List.of("recording_id", "meta_version"),
                List.of(Arrays.asList(
                        meta.recordingId(), there && meta.damage() == null ? (Long) (long) meta.version() : null)));
    }

    /** @param header for the size of blocks, of which a compact container has none */
    static DetailTable files(Directory directory, ContainerHeader header) {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (InternalFile file : directory.files()) {
            Long blocks =
                    header.compact() ? null : (Long) ((file.size() + header.blockSize() - 1) / header.blockSize());
            rows.add(Arrays.asList(file.name(), file.size(), blocks));
        }
        return new DetailTable("internal_files", List.of("name", "bytes", "blocks"), rows);
    }

    static DetailTable flags(MetaData meta) {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        List<@Nullable MetaFlag> flags = MetaFlag.of(meta.flags());
        List<Integer> bits = MetaFlag.bits(meta.flags());
        for (int i = 0; i < bits.size(); i++) {
            MetaFlag flag = flags.get(i);
            String name = flag == null ? "bit_" + bits.get(i) : flag.name().toLowerCase(Locale.ROOT);
            rows.add(List.of((long) bits.get(i), name, flag != null));
        }
        return new DetailTable("flags", List.of("bit", "name", "known"), rows);
    }

    static DetailTable filters(MetaData meta) {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (MetaData.Filter filter : meta.filters()) {
            rows.add(Arrays.asList(null, filter.path(), null, filter.sha256()));
        }
        return new DetailTable(RunDetails.FILTERS, List.of("name", "path", "version", "sha256"), rows);
    }

    /** @param records how they are written */
    static DetailTable log(EventsLog.Framing framing, String records) {
        return new DetailTable(
                "events_log",
                List.of("framing", "records"),
                List.of(List.of(framing.name().toLowerCase(Locale.ROOT), records)));
    }
}
