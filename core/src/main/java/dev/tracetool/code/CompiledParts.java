package dev.tracetool.code;

import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What a record has of compiled code beyond what runs tell, each part decoded at most once, on first use. */
final class CompiledParts {
    private final Once<List<Constant>> constants;
    private final Once<List<String>> names;
    private final Once<List<String>> cellVariables;
    private final Once<List<String>> freeVariables;
    private final Once<ExceptionTable> exceptionTable;

    CompiledParts(CodeRecord rec) {
        constants = new Once<>(() -> copy(rec.constants()));
        names = new Once<>(() -> copy(rec.names()));
        cellVariables = new Once<>(() -> copy(rec.cellVariableNames()));
        freeVariables = new Once<>(() -> copy(rec.freeVariableNames()));
        exceptionTable = new Once<>(() -> {
            byte[] table = rec.exceptionTable();
            return table == null ? null : ExceptionTable.decode(table);
        });
    }

    @Nullable
    List<Constant> constants() {
        return constants.get();
    }

    @Nullable
    List<String> names() {
        return names.get();
    }

    @Nullable
    List<String> cellVariableNames() {
        return cellVariables.get();
    }

    @Nullable
    List<String> freeVariableNames() {
        return freeVariables.get();
    }

    @Nullable
    ExceptionTable exceptionTable() {
        return exceptionTable.get();
    }

    private static <T> @Nullable List<T> copy(@Nullable List<T> list) {
        return list == null ? null : List.copyOf(list);
    }

    /** A value that can turn out to be null. Once it is known, it is answered without a lock. */
    private static final class Once<T> {
        /** Null once it has been asked; read after it, the value is there. */
        private volatile @Nullable Supplier<@Nullable T> source;

        private @Nullable T value;

        Once(Supplier<@Nullable T> source) {
            this.source = source;
        }

        @Nullable
        T get() {
            return source == null ? value : decode();
        }

        private synchronized @Nullable T decode() {
            Supplier<@Nullable T> asked = source;
            if (asked != null) {
                value = asked.get();
                source = null;
            }
            return value;
        }
    }
}
