package dev.tracetool.input;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a cursor finds, where a trace is a file that begins with {@code T!}. */
final class Found {
    static final byte[] MAGIC = {'T', '!'};

    final List<String> names = new ArrayList<>();
    final List<byte[]> contents = new ArrayList<>();
    final Skipped skipped;

    private Found(InputCursor cursor) throws IOException {
        for (TraceInput input = cursor.next(); input != null; input = cursor.next()) {
            names.add(input.name());
            contents.add(content(input));
        }
        skipped = cursor.skipped();
    }

    static byte[] trace(String text) {
        return ("T!" + text).getBytes(StandardCharsets.UTF_8);
    }

    static InputRules rules(InputLimits limits) {
        return new InputRules() {
            @Override
            public int headBytes() {
                return Packing.HEAD_BYTES;
            }

            @Override
            public boolean isTrace(byte[] head) {
                return head.length >= 2 && Arrays.equals(head, 0, 2, MAGIC, 0, 2);
            }

            @Override
            public boolean isSecondChoice(byte[] head) {
                return head.length >= 2 && head[0] == 'C' && head[1] == '!';
            }

            @Override
            public @Nullable String describe(byte[] head) {
                return head.length >= 2 && head[0] == 'N' && head[1] == '!' ? "known" : null;
            }

            @Override
            public List<String> originals(String fileName) {
                return fileName.endsWith(".copy") ? List.of(fileName.replace(".copy", "")) : List.of();
            }

            @Override
            public boolean isCompanion(String fileName) {
                return fileName.endsWith("_paths.json");
            }

            @Override
            public InputLimits limits() {
                return limits;
            }

            @Override
            public TraceInput opened(TraceInput input) {
                return input;
            }
        };
    }

    static Found in(Path file) throws IOException {
        return in(file, null, InputLimits.DEFAULT);
    }

    static Found in(Path file, @Nullable String entry, InputLimits limits) throws IOException {
        try (InputCursor cursor = Files.isDirectory(file)
                ? InputCursor.folder(file, rules(limits))
                : InputCursor.of(new FileInput("x", file), entry, rules(limits))) {
            return new Found(cursor);
        }
    }

    static Found in(Path folder, byte[] archive) throws IOException {
        return in(Files.write(folder.resolve("x"), archive));
    }

    List<String> texts() {
        return contents.stream()
                .map(bytes -> new String(bytes, 2, bytes.length - 2, StandardCharsets.UTF_8))
                .toList();
    }

    /** As a stream, twice, and backwards by a channel: all must be the same. */
    private static byte[] content(TraceInput input) throws IOException {
        byte[] bytes;
        try (InputStream in = input.stream()) {
            bytes = in.readAllBytes();
        }
        try (InputStream in = input.stream()) {
            check(Arrays.equals(bytes, in.readAllBytes()), input);
        }
        check(input.size() == bytes.length, input);
        try (SeekableByteChannel channel = input.channel()) {
            check(channel.size() == bytes.length, input);
            ByteBuffer part = ByteBuffer.allocate(1000);
            for (long at = bytes.length - 7L; at >= 0; at -= 700) {
                channel.position(at).read(part.clear());
                part.flip();
                check(part.equals(ByteBuffer.wrap(bytes, (int) at, part.remaining())) && part.hasRemaining(), input);
            }
            check(channel.position(bytes.length).read(part.clear()) == -1, input);
        }
        return bytes;
    }

    private static void check(boolean same, TraceInput input) {
        if (!same) {
            throw new AssertionError("read in another way, another content: " + input.name());
        }
    }
}
