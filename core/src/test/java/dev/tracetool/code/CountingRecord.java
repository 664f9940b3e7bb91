package dev.tracetool.code;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** Counts how often each attribute is decoded, and takes its time about it, so that threads get into each other's way. */
final class CountingRecord extends ForwardingRecord {
    private final Map<String, AtomicInteger> counts = new ConcurrentHashMap<>();

    CountingRecord(CodeRecord rec) {
        super(rec);
    }

    /** Calls by attribute. */
    Map<String, Integer> counts() {
        Map<String, Integer> sorted = new TreeMap<>();
        counts.forEach((attribute, count) -> sorted.put(attribute, count.get()));
        return sorted;
    }

    private void count(String attribute) {
        counts.computeIfAbsent(attribute, a -> new AtomicInteger()).incrementAndGet();
        LockSupport.parkNanos(1_000);
    }

    @Override
    public long id() {
        count("id");
        return super.id();
    }

    @Override
    public int parentIndex() {
        count("parentIndex");
        return super.parentIndex();
    }

    @Override
    public String filename() {
        count("filename");
        return super.filename();
    }

    @Override
    public String qualname() {
        count("qualname");
        return super.qualname();
    }

    @Override
    public String name() {
        count("name");
        return super.name();
    }

    @Override
    public int firstLine() {
        count("firstLine");
        return super.firstLine();
    }

    @Override
    public int flags() {
        count("flags");
        return super.flags();
    }

    @Override
    public int argCount() {
        count("argCount");
        return super.argCount();
    }

    @Override
    public int positionalOnlyArgCount() {
        count("positionalOnlyArgCount");
        return super.positionalOnlyArgCount();
    }

    @Override
    public int keywordOnlyArgCount() {
        count("keywordOnlyArgCount");
        return super.keywordOnlyArgCount();
    }

    @Override
    public int codeLength() {
        count("codeLength");
        return super.codeLength();
    }

    @Override
    public byte[] lineTable() {
        count("lineTable");
        return super.lineTable();
    }

    @Override
    public List<String> variableNames() {
        count("variableNames");
        return super.variableNames();
    }

    @Override
    public byte[] digest() {
        count("digest");
        return super.digest();
    }
}
