package dev.tracetool.trace;

import java.util.Map;

/**
 * Something that is no event happened in a thread.
 *
 * @param thread the thread's number
 * @param time clock reading in nanoseconds
 * @param kind {@code test_begin}, {@code test_end}, {@code label}, or one that this version does not know
 * @param values its other members with text, number or boolean values, as text, in the order of the file
 */
public record TraceMark(int thread, long time, String kind, Map<String, String> values) {}
