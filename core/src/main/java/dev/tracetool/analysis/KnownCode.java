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

    /** Of all identities that there are; null if it would change none of them. */
    static @Nullable KnownCode among(Set<CodeIdentity> all) {
        Set<CodeIdentity> unknown = new HashSet<>();
        for (CodeIdentity code : all) {
            if (code.digest().isEmpty()) {
                unknown.add(code);
            }
        }
        if (unknown.isEmpty() || unknown.size() == all.size()) {
            return null;
        }
        Map<CodeIdentity, CodeIdentity> byPlace = new HashMap<>();
        Set<CodeIdentity> shared = new HashSet<>();
        for (CodeIdentity code : all) {
            if (!code.digest().isEmpty() && byPlace.put(place(code), code) != null) {
                shared.add(place(code));
            }
        }
        KnownCode names = new KnownCode();
        for (CodeIdentity code : unknown) {
            CodeIdentity same = byPlace.get(place(code));
            if (same != null && !shared.contains(place(code))) {
                names.known.put(code, same);
            }
        }
        return names.known.isEmpty() ? null : names;
    }

    /**
     * File, first line and name. The name is without what it stands in, which not every recorder tells; that of a module is
     * its file's.
     */
    private static CodeIdentity place(CodeIdentity code) {
        if (code.isModule()) {
            return new CodeIdentity(code.filename(), "<module>", 0, "");
        }
        String name = code.qualname().substring(code.qualname().lastIndexOf('.') + 1);
        return new CodeIdentity(code.filename(), name, code.firstLine(), "");
    }

    @Override
    public CodeIdentity apply(CodeIdentity code) {
        return known.getOrDefault(code, code);
    }
}
