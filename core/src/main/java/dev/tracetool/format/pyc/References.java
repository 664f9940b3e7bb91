package dev.tracetool.format.pyc;

import java.util.Arrays;

/** The objects of a file that can be referred to, in the order of their numbers. */
final class References {
    /** Complement of the position while the object is being read. */
    private int[] positions = new int[256];

    private int[] weights = new int[256];
    private short[] depths = new short[256];
    private int size;

    int size() {
        return size;
    }

    /** A new object, not yet whole. @return its number */
    int reserve(int at) {
        if (size == positions.length) {
            positions = Arrays.copyOf(positions, 2 * size);
            weights = Arrays.copyOf(weights, 2 * size);
            depths = Arrays.copyOf(depths, 2 * size);
        }
        positions[size] = ~at;
        return size++;
    }

    void complete(int number, long weight, int depth) {
        positions[number] = ~positions[number];
        weights[number] = (int) Math.min(Integer.MAX_VALUE, weight);
        depths[number] = (short) depth;
    }

    boolean isComplete(int number) {
        return positions[number] >= 0;
    }

    int position(int number) {
        return positions[number];
    }

    /** As if each reference in it were a copy: 1 for each object, and the bytes of texts and numbers. */
    int weight(int number) {
        return weights[number];
    }

    int depth(int number) {
        return depths[number];
    }

    int[] positions() {
        return Arrays.copyOf(positions, size);
    }
}
