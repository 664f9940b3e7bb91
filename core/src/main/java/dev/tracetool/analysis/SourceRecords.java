package dev.tracetool.analysis;

import dev.tracetool.source.RecordedSource;
import dev.tracetool.trace.TraceSource;
import dev.tracetool.trace.TraceVisitor;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What any number of traces say of the sources of their files; as a visitor, of one trace, which it is given once. Merging
 * is associative and commutative.
 */
public final class SourceRecords implements TraceVisitor {
    private final TreeMap<String, RecordedSource> byFile = new TreeMap<>();

    @Override
    public boolean wantsEvents() {
        return false;
    }

    @Override
    public void source(TraceSource source) {
        TreeMap<String, byte @Nullable []> contents = new TreeMap<>();
        contents.put(source.sha256(), source.text());
        byFile.putIfAbsent(source.file(), new RecordedSource(source.file(), contents));
    }

    /** Adds what another trace says. */
    public void add(RecordedSource source) {
        byFile.merge(source.file(), source, RecordedSource::plus);
    }

    /** Adds the other ones to these. */
    public void merge(SourceRecords other) {
        other.byFile.values().forEach(this::add);
    }

    /** What is known, in order of files. */
    public Collection<RecordedSource> all() {
        return List.copyOf(new ArrayList<>(byFile.values()));
    }
}
