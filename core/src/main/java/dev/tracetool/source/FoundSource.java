package dev.tracetool.source;

/**
 * The source of a file of a trace, and how far it is the one that ran.
 *
 * @param place where it was found: a path of this machine, or the recorded path if it was in the trace itself
 * @param match whether it is the recorded one
 * @param doubt what speaks against it, in a few words; empty unless it is {@link Match#DIFFERENT}
 */
public record FoundSource(String place, SourceText text, Match match, String doubt) {
    /** How a source compares with the recorded one. */
    public enum Match {
        /** It is the recorded one: its digest says so, or it was in the trace. */
        SAME,
        /** The trace does not say what the source was, and nothing speaks against this one. */
        UNCHECKED,
        /** It is another one: its lines are not those that ran. */
        DIFFERENT
    }

    /** The same, known to be another one. */
    public FoundSource different(String why) {
        return new FoundSource(place, text, Match.DIFFERENT, why);
    }
}
