package dev.tracetool.format.codetracer.ctfs;

/** What a number of addresses mean that were looked up together: the line of each, and stretches that are in one file. */
final class Places {
    private final int[] lines;
    private final int[] files;
    private final int[] starts;
    private final long[] bases;
    private int stretches;

    /** @param room for so many addresses */
    Places(int room) {
        lines = new int[room];
        files = new int[room];
        starts = new int[room + 1];
        bases = new long[room];
    }

    void clear() {
        stretches = 0;
    }

    /**
     * The next stretch.
     *
     * @param file its number, or {@link CodeTable#UNKNOWN_FILE} if there are no such lines
     * @param base address from which those of the file are counted
     * @param at the index of its first address
     */
    void add(int file, long base, int at) {
        files[stretches] = file;
        bases[stretches] = base;
        starts[stretches] = at;
        stretches++;
    }

    /** There are so many addresses. */
    void end(int count) {
        starts[stretches] = count;
    }

    /** For each address, its line. */
    int[] lines() {
        return lines;
    }

    int stretches() {
        return stretches;
    }

    int file(int stretch) {
        return files[stretch];
    }

    long base(int stretch) {
        return bases[stretch];
    }

    int endOf(int stretch) {
        return starts[stretch + 1];
    }
}
