package dev.tracetool.format.nativetrace;

import java.io.IOException;

/** Takes note of damage; the same as {@link dev.tracetool.trace.Damage#add}, at the right moment. */
@FunctionalInterface
interface DamageLog {
    void add(long position, String message, long bytes, long frames, long events) throws IOException;
}
