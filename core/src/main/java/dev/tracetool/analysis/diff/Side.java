package dev.tracetool.analysis.diff;

/** One of the two sides of a comparison. */
public enum Side {
    BASE,
    HEAD
}
