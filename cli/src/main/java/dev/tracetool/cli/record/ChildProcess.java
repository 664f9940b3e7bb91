package dev.tracetool.cli.record;

import dev.tracetool.cli.command.Terminal;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/**
 * Runs a program in our place: with our streams, and with our signals. A terminal sends Ctrl-C to both of us, so we only
 * have to outlive it; what is sent to us alone is passed on.
 */
final class ChildProcess {
    private ChildProcess() {}

    /** Runs to the end and gives the exit code: the program's, or 128 and the number of the signal that killed it. */
    static int run(List<String> command, Terminal terminal) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command);
        if (terminal.inherited()) {
            builder.inheritIO();
        }
        Holder holder = new Holder();
        // Before the start: a signal in between must not end us and leave the program running alone. A handler, unlike
        // ignoring the signal, is not passed on to the program.
        SignalHandler interrupt = Signal.handle(new Signal("INT"), new Ignore());
        SignalHandler terminate = Signal.handle(new Signal("TERM"), holder);
        SignalHandler hangUp = Signal.handle(new Signal("HUP"), holder);
        try {
            Process process = builder.start();
            holder.started(process);
            if (!terminal.inherited()) {
                connect(process, terminal);
            }
            return await(process);
        } finally {
            Signal.handle(new Signal("INT"), interrupt);
            Signal.handle(new Signal("TERM"), terminate);
            Signal.handle(new Signal("HUP"), hangUp);
        }
    }

    private static int await(Process process) {
        while (true) {
            try {
                return process.waitFor();
            } catch (InterruptedException e) {
                process.destroy();
            }
        }
    }

    /** Copies between the program and streams that it cannot inherit. Its input is empty. */
    private static void connect(Process process, Terminal terminal) throws IOException {
        process.getOutputStream().close();
        Copier errors = new Copier(process.getErrorStream(), terminal.err());
        errors.start();
        Copier results = new Copier(process.getInputStream(), terminal.out());
        results.start();
        try {
            results.join();
            errors.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static final class Copier extends Thread {
        private final InputStream from;
        private final OutputStream to;

        Copier(InputStream from, OutputStream to) {
            super("copy output");
            this.from = from;
            this.to = to;
        }

        @Override
        public void run() {
            try {
                from.transferTo(to);
            } catch (IOException e) {
                // The program finds out by itself that nobody reads it.
            }
        }
    }

    private static final class Ignore implements SignalHandler {
        @Override
        public void handle(Signal signal) {}
    }

    /** Passes signals on, also one that came before the program had started. */
    private static final class Holder implements SignalHandler {
        private @Nullable Process process;
        private boolean pending;

        synchronized void started(Process started) {
            process = started;
            if (pending) {
                started.destroy();
            }
        }

        @Override
        public synchronized void handle(Signal signal) {
            Process running = process;
            if (running == null) {
                pending = true;
            } else if (signal.getName().equals("TERM")) {
                running.destroy();
            } else {
                pass(signal.getName(), running);
            }
        }

        private static void pass(String signal, Process process) {
            try {
                new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid())).start();
            } catch (IOException e) {
                process.destroy();
            }
        }
    }
}
