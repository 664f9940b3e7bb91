package dev.tracetool.cli.record;

import dev.tracetool.cli.command.Terminal;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The embedded recorder as a file that a Python can run.
 *
 * <p>It is kept in the user's cache folder under a name that holds its digest, so that versions of this tool do not get
 * in each other's way; what is there is used only if it is the recorder byte for byte. Without such a folder it is a
 * temporary file, removed on {@link #close()}.
 */
final class RecorderFile implements Closeable {
    private static final String RESOURCE = "tracetool_recorder.py";
    private static final int DIGITS = 16;

    private final Path path;
    private final boolean temporary;

    private RecorderFile(Path path, boolean temporary) {
        this.path = path;
        this.temporary = temporary;
    }

    /** The recorder's bytes. */
    static byte[] bytes() throws IOException {
        try (InputStream in = RecorderFile.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException("the recorder is missing from this build: " + RESOURCE);
            }
            return in.readAllBytes();
        }
    }

    static RecorderFile extract(Terminal terminal) throws IOException {
        byte[] bytes = bytes();
        Path folder = cacheFolder(terminal);
        if (folder != null) {
            try {
                return new RecorderFile(inCache(folder, bytes), false);
            } catch (IOException | UnsupportedOperationException e) {
                // No cache to be had: a read-only home, say. The temporary folder does as well.
            }
        }
        Path file = Files.createTempFile("tracetool_recorder-", ".py");
        Files.write(file, bytes);
        return new RecorderFile(file, true);
    }

    Path path() {
        return path;
    }

    private static Path inCache(Path folder, byte[] bytes) throws IOException {
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        }
        Path file = folder.resolve("tracetool_recorder-" + digest(bytes) + ".py");
        if (Files.isRegularFile(file) && Arrays.equals(Files.readAllBytes(file), bytes)) {
            return file;
        }
        Path fresh = Files.createTempFile(folder, "tracetool_recorder-", ".tmp");
        try {
            Files.write(fresh, bytes);
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(fresh);
        }
        return file;
    }

    private static @Nullable Path cacheFolder(Terminal terminal) {
        String cache = terminal.environment("XDG_CACHE_HOME");
        String home = terminal.environment("HOME");
        try {
            // The specification of these folders says that a relative one is to be ignored.
            if (cache != null && Path.of(cache).isAbsolute()) {
                return Path.of(cache, "tracetool");
            }
            return home == null || home.isEmpty() ? null : Path.of(home, ".cache", "tracetool");
        } catch (InvalidPathException e) {
            return null;
        }
    }

    private static String digest(byte[] bytes) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
            String digits = new BigInteger(1, digest).toString(16);
            return "0"
                    .repeat(2 * digest.length - digits.length())
                    .concat(digits)
                    .substring(0, DIGITS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() throws IOException {
        if (temporary) {
            Files.deleteIfExists(path);
        }
    }
}
