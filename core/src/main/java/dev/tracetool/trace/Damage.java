package dev.tracetool.trace;

import java.util.ArrayList;
import java.util.List;

/**
 * What of a trace could not be read. A trace that was cut off, because its process was killed, has damage only if the
 * cut tore a frame; that it has no end shows in {@link ReadResult#complete()}.
 *
 * <p>Only the first {@value #MAX_NOTES} places are kept word for word; the sums count all.
 */
public final class Damage {
    /** How many places are described. */
    public static final int MAX_NOTES = 20;

    /**
     * One damaged place.
     *
     * @param position byte position in the file
     * @param message what was expected there, and what was found
     */
    public record Note(long position, String message) {}

    private final List<Note> notes = new ArrayList<>();
    private long places;
    private long bytes;
    private long frames;
    private long events;

    /** From all that it consists of; of the notes the first {@value #MAX_NOTES}. */
    public static Damage of(long places, long bytes, long frames, long events, List<Note> notes) {
        Damage damage = new Damage();
        damage.places = places;
        damage.bytes = bytes;
        damage.frames = frames;
        damage.events = events;
        damage.notes.addAll(notes.subList(0, Math.min(notes.size(), MAX_NOTES)));
        return damage;
    }

    /**
     * Adds a damaged place.
     *
     * @param bytes that could not be used
     * @param frames that were lost, as far as their sequence numbers tell
     * @param events in these frames, as far as is known
     */
    public void add(long position, String message, long bytes, long frames, long events) {
        places++;
        this.bytes += bytes;
        this.frames += frames;
        this.events += events;
        if (notes.size() < MAX_NOTES) {
            notes.add(new Note(position, message));
        }
    }

    /** Adds all that another one has. */
    public void addAll(Damage more) {
        places += more.places;
        bytes += more.bytes;
        frames += more.frames;
        events += more.events;
        notes.addAll(more.notes.subList(0, Math.min(more.notes.size(), MAX_NOTES - notes.size())));
    }

    /** Sets how many events were lost, where the file says how many there were. */
    public void setEvents(long lost) {
        events = lost;
    }

    public boolean isEmpty() {
        return places == 0;
    }

    public List<Note> notes() {
        return List.copyOf(notes);
    }

    /** Number of damaged places, the ones without a note included. */
    public long places() {
        return places;
    }

    /** Bytes that could not be used. */
    public long bytes() {
        return bytes;
    }

    /** Frames that were lost, as far as is known. */
    public long frames() {
        return frames;
    }

    /**
     * Events that are known to be lost: exactly those of a file whose end says how many there were; else those of frames
     * whose header could be read.
     */
    public long events() {
        return events;
    }
}
