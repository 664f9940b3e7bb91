package dev.tracetool.trace;

/**
 * A thread of the recorded process.
 *
 * @param number the recorder's own count, from 0, never used again
 * @param systemId the system's id, which the system uses again; 0 if unknown
 * @param time clock reading in nanoseconds at which the thread was first seen
 * @param name hostile text, can be empty
 */
public record TraceThread(int number, long systemId, long time, String name) {}
