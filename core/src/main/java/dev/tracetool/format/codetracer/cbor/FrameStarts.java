package dev.tracetool.format.codetracer.cbor;

import java.util.Arrays;

/** Where in the file the frames begin that hold the content from some position on; those before it are forgotten. */
final class FrameStarts {
    private long[] contents = new long[8];
    private long[] files = new long[8];
    private int first;
    private int end;

    void add(long content, long file) {
        if (end == contents.length) {
            int count = end - first;
            int size = Math.max(8, 2 * count);
            contents = Arrays.copyOf(Arrays.copyOfRange(contents, first, end), size);
            files = Arrays.copyOf(Arrays.copyOfRange(files, first, end), size);
            first = 0;
            end = count;
        }
        contents[end] = content;
        files[end++] = file;
    }

    /** The start of the frame that holds that byte of the content, or of the last one before it. Never goes back. */
    long find(long content) {
        while (first + 1 < end && contents[first + 1] <= content) {
            first++;
        }
        return end == 0 ? 0 : files[first];
    }
}
