package dev.tracetool.export;

/**
 * What a call tree is a part of.
 *
 * @param functionsNs self times of all functions that were recorded
 * @param shownNs the part of it that is in the tree
 * @param whole whether there was room for all nodes
 */
public record TreeTotals(long functionsNs, long shownNs, boolean whole) {}
