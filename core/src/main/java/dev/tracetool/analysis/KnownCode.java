package dev.tracetool.analysis;

import dev.tracetool.code.CodeIdentity;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Gives code objects whose digest is unknown the identity of the one that they can only be: if exactly one with a digest
 * stands at their place. A format can tell less of a code object than another one does, or than compiled Python; so a run
 * is read together with the code that ran.
 */
final class KnownCode implements UnaryOperator<CodeIdentity> {
    private final Map<CodeIdentity, CodeIdentity> known = new HashMap<>();

    private KnownCode() {}

    /**
     * Of all identities that there are; null if it would change none of them.
     *
     * @param places by which a file can be known under two names
     */
    static @Nullable KnownCode among(Set<CodeIdentity> all, FilePlaces places) {
        Set<CodeIdentity> unknown = new HashSet<>();
        for (CodeIdentity code : all) {
            if (code.digest().isEmpty()) {
                unknown.add(code);
            }
        }
        if (unknown.isEmpty() || unknown.size() == all.size()) {
            return null;
        }
        Index byName = new Index();
        Index byPath = new Index();
        for (CodeIdentity code : all) {
            if (!code.digest().isEmpty()) {
                byName.add(code.filename(), code);
                places.of(code.filename()).forEach(path -> byPath.add(path, code));
            }
        }
        KnownCode names = new KnownCode();
        for (CodeIdentity code : unknown) {
            Set<CodeIdentity> same = byName.at(code.filename(), code);
            if (same.isEmpty()) {
                same = new HashSet<>();
                for (String path : places.of(code.filename())) {
                    same.addAll(byPath.at(path, code));
                }
            }
            if (same.size() == 1) {
                names.known.put(code, same.iterator().next());
            }
        }
        return names.known.isEmpty() ? null : names;
    }

    /** Code objects by where they stand. */
    private static final class Index {
        private final Map<CodeIdentity, Set<CodeIdentity>> byPlace = new HashMap<>();

        /** Of several at one place, two are kept: so it is known that there are several. */
        void add(String file, CodeIdentity code) {
            Set<CodeIdentity> there = byPlace.computeIfAbsent(place(file, code), place -> new HashSet<>(2));
            if (there.size() < 2) {
                there.add(code);
            }
        }

        Set<CodeIdentity> at(String file, CodeIdentity code) {
            return byPlace.getOrDefault(place(file, code), Set.of());
        }
    }

    /**
     * File, first line and name. The name is without what it stands in, which not every recorder tells; that of a module is
     * its file's.
     */
    private static CodeIdentity place(String file, CodeIdentity code) {
        if (code.isModule()) {
            return new CodeIdentity(file, "<module>", 0, "");
        }
        String name = code.qualname().substring(code.qualname().lastIndexOf('.') + 1);
        return new CodeIdentity(file, name, code.firstLine(), "");
    }

    /** What changes its identity, and to which one. */
    Map<CodeIdentity, CodeIdentity> all() {
        return known;
    }

    @Override
    public CodeIdentity apply(CodeIdentity code) {
        return known.getOrDefault(code, code);
    }
}
