package dev.tracetool.cli.command;

import dev.tracetool.export.SafeText;
import dev.tracetool.format.TraceFormat;
import dev.tracetool.input.InputName;
import dev.tracetool.input.Packing;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a command's result goes: standard output, or the file of {@code -o}.
 *
 * <p>A file is written under a temporary name beside its place and renamed by {@link #commit()}: nobody ever sees half
 * a result, and a command that fails leaves what was there. An input is never overwritten, another file only if asked.
 * Devices and pipes cannot be renamed over and are written directly.
 *
 * <p>Errors of writing leave as a {@link CommandException} that names the output, or as an
 * {@link OutputClosedException}.
 */
public final class Output implements Closeable {
    private static final String STANDARD_OUTPUT = "standard output";
    private static final int ATTEMPTS = 100;

    /** How the names of temporary files begin. */
    static final String TEMPORARY = ".tracetool-";

    private final String name;
    private final Checked stream;
    private final @Nullable Path temporary;
    private final @Nullable Path target;
    private final boolean force;
    private @Nullable Thread cleaner;

    private Output(String name, Checked stream, @Nullable Path temporary, @Nullable Path target, boolean force) {
        this.name = name;
        this.stream = stream;
        this.temporary = temporary;
        this.target = target;
        this.force = force;
        if (temporary != null) {
            cleaner = new Thread("remove temporary file") {
                @Override
                public void run() {
                    delete(temporary);
                }
            };
            Runtime.getRuntime().addShutdownHook(cleaner);
        }
    }

    /** The file, as the user wrote it, or {@value #STANDARD_OUTPUT}. */
    public String name() {
        return name;
    }

    public static Output standard(Terminal terminal) {
        return new Output(
                STANDARD_OUTPUT,
                new Checked(STANDARD_OUTPUT, terminal.out(), true, terminal.inherited()),
                null,
                null,
                false);
    }

    /**
     * @param file the value of {@code -o}; standard output if null or {@code -}
     * @param force whether another file may be overwritten
     * @param inputs files that must not be overwritten whatever the user says
     */
    public static Output open(Terminal terminal, @Nullable String file, boolean force, List<String> inputs)
            throws IOException {
        if (file == null || file.equals("-")) {
            return standard(terminal);
        }
        return open(file, force, inputs, true);
    }

    /**
     * A file that belongs beside another output. Its name is not the user's choice: a link of that name is not written
     * through, but replaced if others may be overwritten, and it is never written to a pipe or a device.
     */
    public static Output beside(String file, boolean force, List<String> inputs) throws IOException {
        return open(file, force, inputs, false);
    }

    private static Output open(String file, boolean force, List<String> inputs, boolean chosen) throws IOException {
        try {
            return openFile(file, force, inputs, chosen);
        } catch (CommandException e) {
            throw e;
        } catch (IOException e) {
            throw CommandException.file(file, e);
        } catch (InvalidPathException e) {
            throw CommandException.usage("-o " + SafeText.terminal(file) + ": not a file name");
        }
    }

    private static Output openFile(String file, boolean force, List<String> inputs, boolean chosen) throws IOException {
        Path path = Path.of(file);
        if (file.isEmpty()) {
            throw CommandException.usage("-o needs a file name");
        }
        if (Files.isDirectory(path)) {
            throw CommandException.file(file, "is a directory");
        }
        boolean exists = Files.exists(path);
        if (exists) {
            for (String input : inputs) {
                if (isInput(path, input)) {
                    throw CommandException.usage(SafeText.terminal(file) + ": is an input, and is never overwritten");
                }
            }
            if (chosen && (!Files.isRegularFile(path) || isDevice(path))) {
                OutputStream device = Files.newOutputStream(path, StandardOpenOption.WRITE);
                return new Output(file, new Checked(file, device, true, false), null, null, true);
            }
            if (!force) {
                throw exists(file);
            }
        } else if (chosen && Files.isSymbolicLink(path)) {
            throw CommandException.file(file, "is a symbolic link to nothing");
        }
        if (!chosen && Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            if (!Files.isSymbolicLink(path) && !Files.isRegularFile(path)) {
                throw CommandException.file(file, "expected a regular file, found a pipe or a device");
            }
            if (!force) {
                throw exists(file);
            }
        }
        // Through symbolic links, so that the file changes and the link stays.
        Path target = exists && chosen ? path.toRealPath() : path.toAbsolutePath();
        Path folder = target.getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            throw CommandException.file(file, "its folder does not exist");
        }
        for (int i = 0; ; i++) {
            // Not from the name of the file, which may be as long as a name can be.
            Path temporary =
                    folder.resolve(TEMPORARY + ProcessHandle.current().pid() + (i == 0 ? "" : "-" + i) + ".tmp");
            try {
                OutputStream fresh = Files.newOutputStream(temporary, StandardOpenOption.CREATE_NEW);
                return new Output(file, new Checked(file, fresh, false, false), temporary, target, force);
            } catch (FileAlreadyExistsException e) {
                if (i == ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    /** Links such as /dev/stdout lead to a regular file when that is redirected, and must be written through. */
    private static boolean isDevice(Path path) {
        Path absolute = path.toAbsolutePath();
        return absolute.startsWith("/dev") || absolute.startsWith("/proc");
    }

    /** Whether a file that exists is that input, or a trace, a summary or an archive in that folder. */
    private static boolean isInput(Path path, String input) throws IOException {
        InputName name = InputName.of(input);
        try {
            Path other = Path.of(name.place());
            if (name.isStandardInput() || !Files.exists(other)) {
                return false;
            }
            if (!Files.isDirectory(other)) {
                return Files.isSameFile(path, other);
            }
            return Files.isRegularFile(path) && path.toRealPath().startsWith(other.toRealPath()) && isKnown(path);
        } catch (InvalidPathException e) {
            return false;
        }
    }

    private static boolean isKnown(Path path) throws IOException {
        try (InputStream in = Files.newInputStream(path)) {
            byte[] head = in.readNBytes(Math.max(TraceFormat.HEAD_BYTES, Packing.HEAD_BYTES));
            return InputReader.isKnown(head) || Packing.of(head) != Packing.NONE;
        }
    }

    private static CommandException exists(String file) {
        return CommandException.usage(SafeText.terminal(file) + ": exists already; --force overwrites it");
    }

    /** Columns to keep a table to: the terminal's, or 0 where nothing is to be cut. */
    public int width(Terminal terminal) {
        return name.equals(STANDARD_OUTPUT) ? terminal.width() : 0;
    }

    /** Whether it is a file, and neither standard output nor a pipe or a device. */
    public boolean isFile() {
        return temporary != null;
    }

    /** Unbuffered, and not to be closed. */
    public OutputStream stream() {
        return stream;
    }

    /** For documents and tables of {@code export}, which flush it. */
    public Writer writer() {
        return new OutputStreamWriter(stream, StandardCharsets.UTF_8);
    }

    /** For text, to be flushed before {@link #commit()}. */
    public Utf8Writer text() {
        return new Utf8Writer(stream);
    }

    /** Everything was written: puts the file in its place. To be called once, after the last flush. */
    public void commit() throws IOException {
        stream.flush();
        if (temporary == null || target == null) {
            return;
        }
        try {
            stream.raw.close();
            if (!force && Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
                throw exists(name);
            }
            Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (CommandException e) {
            throw e;
        } catch (IOException e) {
            throw CommandException.file(name, "cannot be written: " + Reasons.of(e));
        }
    }

    /** Without a {@link #commit()} before it, removes what was written. */
    @Override
    public void close() throws IOException {
        if (temporary == null) {
            stream.flush();
            return;
        }
        try {
            stream.raw.close();
        } catch (IOException e) {
            // What could not be written is removed below; the error that led here is already on its way.
        }
        delete(temporary);
        if (cleaner != null) {
            try {
                Runtime.getRuntime().removeShutdownHook(cleaner);
            } catch (IllegalStateException e) {
                // The process is ending: the hook is already at work.
            }
            cleaner = null;
        }
    }

    private static void delete(Path temporary) {
        try {
            Files.deleteIfExists(temporary);
        } catch (IOException e) {
            // A leftover with a telling name; nothing better can be done.
        }
    }

    /** Turns errors of writing into what the user is told. */
    private static final class Checked extends OutputStream {
        private final String name;
        private final OutputStream raw;
        private final boolean direct;
        private final boolean first;

        /**
         * @param direct whether the output can be a pipe
         * @param first whether it is the process's standard output
         */
        Checked(String name, OutputStream raw, boolean direct, boolean first) {
            this.name = name;
            this.raw = raw;
            this.direct = direct;
            this.first = first;
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            try {
                raw.write(bytes, offset, length);
            } catch (IOException e) {
                throw explained(e);
            }
        }

        @Override
        public void flush() throws IOException {
            try {
                raw.flush();
            } catch (IOException e) {
                throw explained(e);
            }
        }

        private IOException explained(IOException e) {
            if (e instanceof OutputClosedException || e instanceof CommandException) {
                return e;
            }
            if (direct && isBrokenPipe(e)) {
                return new OutputClosedException(e);
            }
            return CommandException.file(name, "cannot be written: " + Reasons.of(e));
        }

        private boolean isBrokenPipe(IOException e) {
            String message = e.getMessage();
            if (message != null && message.contains("Broken pipe")) {
                return true;
            }
            // The system's words can be in any language. A pipe that cannot be written to has lost its reader.
            try {
                return first
                        && Files.readSymbolicLink(Path.of("/proc/self/fd/1"))
                                .toString()
                                .startsWith("pipe:");
            } catch (IOException | UnsupportedOperationException none) {
                return false;
            }
        }
    }
}
