package dev.tracetool.analysis;

import dev.tracetool.source.RecordedSource;
import dev.tracetool.trace.TraceSource;
import dev.tracetool.trace.TraceVisitor;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What any number of traces say of the sources of their files; as a visitor, of one trace, which it is given once. A text
 * is kept once, however many files have it, and of all of them {@link #MAX_TEXTS} bytes at most: the shortest ones. Merging
 * is associative and commutative.
 */
public final class SourceRecords implements TraceVisitor {
    /** Bytes of all texts together. */
    public static final int MAX_TEXTS = 32 << 20;

    /** Bytes of one text. */
    public static final int MAX_TEXT = 16 << 20;

    private record Text(int length, String sha256) implements Comparable<Text> {
        private static final Comparator<Text> ORDER =
                Comparator.comparingInt(Text::length).thenComparing(Text::sha256);

        @Override
        public int compareTo(Text other) {
            return ORDER.compare(this, other);
        }
    }

    private final TreeMap<String, RecordedSource> byFile = new TreeMap<>();

    /** Whoever has the longest one leaves when there is no room, so that those that stay do not depend on the order. */
    private final TreeMap<Text, byte[]> texts = new TreeMap<>();

    private long textBytes;
    private boolean whole = true;

    @Override
    public boolean wantsEvents() {
        return false;
    }

    @Override
    public void source(TraceSource source) {
        if (!byFile.containsKey(source.file())) {
            TreeMap<String, byte @Nullable []> contents = new TreeMap<>();
            contents.put(source.sha256(), source.text());
            add(new RecordedSource(source.file(), contents));
        }
    }

    /** Adds what another trace says. */
    public void add(RecordedSource source) {
        TreeMap<String, byte @Nullable []> digests = new TreeMap<>();
        source.contents().forEach((digest, text) -> {
            digests.put(digest, null);
            if (text != null) {
                addText(digest, text);
            }
        });
        byFile.merge(source.file(), new RecordedSource(source.file(), digests), RecordedSource::plus);
    }

    /**
     * Adds a text, which is that of all files that have the digest.
     *
     * @param sha256 64 lower-case hexadecimal digits
     */
    public void addText(String sha256, byte[] text) {
        if (texts.putIfAbsent(new Text(text.length, sha256), text) == null) {
            textBytes += text.length;
        }
        while (textBytes > MAX_TEXTS) {
            textBytes -= Objects.requireNonNull(texts.pollLastEntry()).getKey().length();
            whole = false;
        }
    }

    /** Adds the other ones to these. */
    public void merge(SourceRecords other) {
        merge(other, UnaryOperator.identity());
    }

    /** The same, with other names of the other one's files. */
    void merge(SourceRecords other, UnaryOperator<String> files) {
        for (RecordedSource source : other.byFile.values()) {
            add(new RecordedSource(files.apply(source.file()), source.contents()));
        }
        other.texts.forEach((text, bytes) -> addText(text.sha256, bytes));
        whole &= other.whole;
    }

    /** Whether there was room for all texts that were added. */
    public boolean isWhole() {
        return whole;
    }

    /** What is known, in order of files, with the texts. */
    public Collection<RecordedSource> all() {
        Map<String, byte[]> byDigest = new HashMap<>();
        texts.forEach((text, bytes) -> byDigest.put(text.sha256, bytes));
        List<RecordedSource> all = new ArrayList<>();
        for (RecordedSource source : byFile.values()) {
            SortedMap<String, byte @Nullable []> contents = new TreeMap<>(source.contents());
            contents.replaceAll((digest, none) -> byDigest.get(digest));
            all.add(new RecordedSource(source.file(), contents));
        }
        return all;
    }

    /** The texts, in an order that depends on nothing else. */
    public Collection<byte[]> texts() {
        return List.copyOf(texts.values());
    }
}
