package dev.tracetool.trace;

/**
 * How a pass over a trace went.
 *
 * @param complete whether the recorder closed the file: nothing is missing at its end
 * @param damage what could not be read
 */
public record ReadResult(boolean complete, Damage damage) {}
