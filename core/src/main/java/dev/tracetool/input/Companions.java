package dev.tracetool.input;

import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The small files that stand beside the traces of a tar file, before or after them. The first time that one is asked for,
 * the archive is gone through once more from its beginning to its end, and all whose names say that they are of this kind
 * are kept; those that are compressed in memory, up to {@link InputLimits#companions()}. An archive whose traces ask for
 * none is gone through but once.
 */
final class Companions implements Siblings {
    private final TraceInput archive;
    private final Packing packing;
    private final InputRules rules;
    private @Nullable Map<String, TraceInput> found;

    Companions(TraceInput archive, Packing packing, InputRules rules) {
        this.archive = archive;
        this.packing = packing;
        this.rules = rules;
    }

    @Override
    public @Nullable TraceInput find(String entry) throws IOException {
        Map<String, TraceInput> known = found;
        if (known == null) {
            known = collect();
            found = known;
        }
        return known.get(entry);
    }

    private Map<String, TraceInput> collect() throws IOException {
        Map<String, TraceInput> all = new HashMap<>();
        Budget budget = new Budget(archive.name(), archive.size(), rules.limits());
        long left = rules.limits().companions();
        int prefix = archive.name().length() + 1;
        try (Level tar = Archives.tar(archive, packing, budget, rules)) {
            for (TraceInput input = tar.next(); input != null; input = tar.next()) {
                String entry = input.name().substring(prefix);
                if (!rules.isCompanion(entry.substring(entry.lastIndexOf('/') + 1))) {
                    continue;
                }
                TraceInput kept = input instanceof StreamedInput ? kept(input, left) : input;
                left -= input instanceof StreamedInput ? kept.size() : 0;
                all.put(entry, kept);
            }
        }
        return all;
    }

    private TraceInput kept(TraceInput input, long left) throws IOException {
        try (InputStream in = input.stream()) {
            int most = (int) Math.min(left, Integer.MAX_VALUE - 16);
            byte[] bytes = in.readNBytes(most);
            if (in.read() >= 0) {
                throw new LimitException(
                        archive.name(),
                        "has files beside its traces of over "
                                + Budget.number(rules.limits().companions()) + " bytes");
            }
            return new SpooledInput(input.name(), Spool.of(bytes), rules.limits());
        }
    }
}
