package dev.tracetool.analysis.diff;

import dev.tracetool.analysis.diff.SideFunctions.Code;
import dev.tracetool.code.CodeIdentity;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Finds for each code object of one side that of the other, among those of one file and qualified name. There can be
 * several: lambdas, comprehensions, functions that are defined again. First come those that are the same, then those
 * that moved, the others by line, and what is left in order. Which side is which makes no difference.
 */
final class FunctionMatcher {
    /** A code object on both sides; null where it is not. */
    record Pair(@Nullable Code base, @Nullable Code head, CodeState state) {}

    private final boolean comparesCode;
    private final List<Pair> pairs = new ArrayList<>();

    /** @param comparesCode whether different digests mean different code */
    FunctionMatcher(boolean comparesCode) {
        this.comparesCode = comparesCode;
    }

    /** Adds the pairs of code objects of one name, each list in order of line. */
    void match(List<Code> base, List<Code> head) {
        List<Code> restOfBase = new ArrayList<>(base);
        List<Code> restOfHead = new ArrayList<>(head);
        pair(restOfBase, restOfHead, Code::identity);
        pair(restOfBase, restOfHead, FunctionMatcher::knownDigest);
        pair(restOfBase, restOfHead, code -> code.identity().firstLine());
        pair(restOfBase, restOfHead, code -> "");
        restOfBase.forEach(code -> pairs.add(new Pair(code, null, CodeState.GONE)));
        restOfHead.forEach(code -> pairs.add(new Pair(null, code, CodeState.NEW)));
    }

    List<Pair> pairs() {
        return pairs;
    }

    private static @Nullable Object knownDigest(Code code) {
        String digest = code.identity().digest();
        return digest.isEmpty() ? null : digest;
    }

    /** Pairs those of one key, in their order, and takes them out of the lists. */
    private void pair(List<Code> base, List<Code> head, Function<Code, @Nullable Object> key) {
        if (base.isEmpty() || head.isEmpty()) {
            return;
        }
        Map<Object, Queue<Code>> heads = new HashMap<>();
        for (Code code : head) {
            Object k = key.apply(code);
            if (k != null) {
                heads.computeIfAbsent(k, x -> new ArrayDeque<>(1)).add(code);
            }
        }
        Map<Code, Boolean> paired = new java.util.IdentityHashMap<>();
        for (Code code : base) {
            Object k = key.apply(code);
            Queue<Code> same = k == null ? null : heads.get(k);
            Code other = same == null ? null : same.poll();
            if (other != null) {
                pairs.add(new Pair(code, other, state(code.identity(), other.identity())));
                paired.put(code, true);
                paired.put(other, true);
            }
        }
        base.removeIf(paired::containsKey);
        head.removeIf(paired::containsKey);
    }

    private CodeState state(CodeIdentity base, CodeIdentity head) {
        if (base.equals(head)) {
            return CodeState.SAME;
        }
        if (base.digest().isEmpty() || head.digest().isEmpty()) {
            return CodeState.UNKNOWN;
        }
        if (base.digest().equals(head.digest())) {
            return CodeState.MOVED;
        }
        return comparesCode ? CodeState.CHANGED : CodeState.UNKNOWN;
    }
}
