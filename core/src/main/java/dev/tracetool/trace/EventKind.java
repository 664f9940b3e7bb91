package dev.tracetool.trace;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The events of {@code sys.monitoring} (PEP 669), by the names that CPython gives them. The numbers that CPython gives
 * them differ between versions and are used nowhere.
 */
public enum EventKind {
    PY_START(Effect.PUSH),
    PY_RESUME(Effect.PUSH),
    PY_THROW(Effect.PUSH),
    PY_RETURN(Effect.POP),
    PY_YIELD(Effect.POP),
    PY_UNWIND(Effect.POP),
    /** Its argument is a line, not an offset. */
    LINE(Effect.NONE),
    INSTRUCTION(Effect.NONE),
    CALL(Effect.NONE),
    C_RETURN(Effect.NONE),
    C_RAISE(Effect.NONE),
    RAISE(Effect.NONE),
    RERAISE(Effect.NONE),
    EXCEPTION_HANDLED(Effect.NONE),
    STOP_ITERATION(Effect.NONE),
    JUMP(Effect.NONE),
    /** CPython 3.12 and 3.13; later versions tell the two sides apart. */
    BRANCH(Effect.NONE),
    BRANCH_LEFT(Effect.NONE),
    BRANCH_RIGHT(Effect.NONE),
    /** An event whose name this version of tracetool does not know; a trace counts it under its own name. */
    OTHER(Effect.NONE);

    /** What an event does to the stack of its thread. */
    public enum Effect {
        PUSH,
        POP,
        NONE
    }

    private static final Map<String, EventKind> BY_NAME =
            Stream.of(values()).collect(Collectors.toUnmodifiableMap(EventKind::name, Function.identity()));

    private final Effect effect;

    EventKind(Effect effect) {
        this.effect = effect;
    }

    public Effect effect() {
        return effect;
    }

    /** Whether the event's second argument is the offset that execution goes on at. */
    public boolean hasDestination() {
        return this == JUMP || this == BRANCH || this == BRANCH_LEFT || this == BRANCH_RIGHT;
    }

    /** The names of all events that there are. */
    public static List<String> names() {
        return Stream.of(values())
                .filter(kind -> kind != OTHER)
                .map(EventKind::name)
                .toList();
    }

    /** The kind of that name, or null if there is none; {@link #OTHER} has no name in a trace. */
    public static @Nullable EventKind named(String name) {
        EventKind kind = BY_NAME.get(name);
        return kind == OTHER ? null : kind;
    }
}
