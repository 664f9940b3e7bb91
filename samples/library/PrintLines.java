import dev.tracetool.code.CodeObjectWrapper;
import dev.tracetool.format.TraceFormats;
import dev.tracetool.trace.Replay;
import dev.tracetool.trace.Trace;
import dev.tracetool.trace.Tracer;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;

/**
 * Prints {@code file:line} for every line event of a trace: what a program looks like that uses tracetool's core as a
 * library.
 *
 * <pre>java -cp cli/target/tracetool.jar samples/library/PrintLines.java samples/traces/tour.bin</pre>
 */
public class PrintLines implements Tracer {
    private final PrintStream out;

    PrintLines(PrintStream out) {
        this.out = out;
    }

    @Override
    public void line(CodeObjectWrapper code, int line) {
        out.println(code.filename() + ":" + line);
    }

    public static void main(String[] args) throws IOException {
        PrintStream out = new PrintStream(System.out, false);
        try (Trace trace = TraceFormats.open(Path.of(args[0]))) {
            Replay.run(trace, new PrintLines(out));
        }
        out.flush();
    }
}
