package dev.tracetool.format.codetracer.ctfs;

import dev.tracetool.input.InputBytes;
import dev.tracetool.trace.Damage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The files of a container by name, and what is wrong with their entries. An entry has three numbers of 64 bits:
 *
 * <pre>
 * full     0  size   8  first mapping block   16  name
 *          version 5 on, instead of a mapping block: 0 for an empty file; with bit 63 set, the one data block
 * compact  0  name   8  position              16  size
 * </pre>
 *
 * <p>A slot without a name is empty. An entry that claims more than the container has is left out: no two files share a
 * byte, so that what all of them claim is bounded. Of two entries of one name the first counts.
 */
final class Directory {
    /** A directory of more is damage: writers have at most some thousands. */
    private static final int MAX_ENTRIES = 1 << 16;

    private final Map<String, InternalFile> files = new LinkedHashMap<>();
    private final List<Damage.Note> notes = new ArrayList<>();
    private boolean complete = true;

    static Directory read(InputBytes container, ContainerHeader header) throws IOException {
        Directory directory = new Directory();
        long there = Math.max(0, container.size() - header.entriesAt()) / ContainerHeader.ENTRY;
        long entries = Math.min(header.entries(), there);
        if (entries < header.entries()) {
            directory.complete = false;
            directory.note(
                    container.size(),
                    "expected " + header.entries() + " entries of the directory, found the end after " + entries);
        }
        if (entries > MAX_ENTRIES) {
            directory.note(
                    header.entriesAt(),
                    "expected a directory of at most " + MAX_ENTRIES + " entries, found " + entries);
            entries = MAX_ENTRIES;
        }
        byte[] bytes = new byte[(int) entries * ContainerHeader.ENTRY];
        container.read(header.entriesAt(), bytes, 0, bytes.length);
        for (int at = 0; at < bytes.length; at += ContainerHeader.ENTRY) {
            directory.add(container, header, bytes, at);
        }
        return directory;
    }

    private void add(InputBytes container, ContainerHeader header, byte[] bytes, int at) {
        boolean compact = header.compact();
        long number = LittleEndian.i64(bytes, compact ? at : at + 16);
        long size = LittleEndian.i64(bytes, compact ? at + 16 : at);
        long start = LittleEndian.i64(bytes, at + 8);
        if (number == 0) {
            return;
        }
        long entryAt = (long) header.entriesAt() + at;
        String name = Base40.decode(number);
        if (name.isEmpty()) {
            note(entryAt, "expected the name of an internal file, found the number " + Long.toUnsignedString(number));
            return;
        }
        if (size < 0 || size > container.size()) {
            // A file that was cut is shorter than what its directory says of it; what is there of it is still read.
            note(
                    entryAt,
                    "expected at most " + container.size() + " bytes in " + name + ", found "
                            + Long.toUnsignedString(size));
            complete = false;
            if (size < 0) {
                return;
            }
            size = container.size();
        }
        if (files.containsKey(name)) {
            note(entryAt, "expected one file " + name + ", found another");
            return;
        }
        files.put(name, new InternalFile(container, name, size, placement(container, header, start, entryAt), entryAt));
    }

    private static Placement placement(InputBytes container, ContainerHeader header, long start, long entryAt) {
        if (header.compact()) {
            return new Placement.Together(start < 0 ? container.size() : start, container.size());
        }
        if (header.version() >= 5 && start < 0) {
            long block = start & Long.MAX_VALUE;
            boolean there = block < Long.MAX_VALUE / header.blockSize();
            return new Placement.Together(there ? block * header.blockSize() : container.size(), container.size());
        }
        return new BlockMap(container, header.blockSize(), start, entryAt + 8);
    }

    private void note(long position, String message) {
        notes.add(new Damage.Note(position, message));
    }

    @Nullable
    InternalFile file(String name) {
        return files.get(name);
    }

    boolean has(String name) {
        return files.containsKey(name);
    }

    /** In the order of their entries. */
    Collection<InternalFile> files() {
        return files.values();
    }

    /** Whether the container holds all that its entries claim, as far as they tell. */
    boolean complete() {
        return complete;
    }

    /** Adds what is wrong with entries. */
    void addTo(Damage damage) {
        for (Damage.Note note : notes) {
            damage.add(note.position(), note.message(), 0, 0, 0);
        }
    }
}
