package dev.tracetool.format.pyc;

import dev.tracetool.code.CodeFlags;
import dev.tracetool.code.CodeObjectWrapper;
import dev.tracetool.trace.TraceException;
import java.util.ArrayList;
import java.util.List;

/** A whole file: its head, where its code objects are, and these, each decoded when it is asked for something. */
final class PycFile {
    private final PycHeader header;
    private final CodeLayout layout;
    private final MarshalObjects objects;
    private final Qualnames qualnames;
    private final List<CodeObjectWrapper> codes;

    private PycFile(PycHeader header, MarshalIndex index) {
        this.header = header;
        this.layout = CodeLayout.of(header.version());
        this.objects = new MarshalObjects(index);
        this.qualnames = new Qualnames(this);
        List<CodeObjectWrapper> wrappers = new ArrayList<>(index.codeCount());
        for (int i = 0; i < index.codeCount(); i++) {
            wrappers.add(new CodeObjectWrapper(i, new PycCodeRecord(this, i)));
        }
        this.codes = List.copyOf(wrappers);
    }

    /**
     * Checks a file.
     *
     * @param name of the input, for errors
     * @param bytes all of it; they must not be changed afterwards
     */
    static PycFile read(String name, byte[] bytes) throws TraceException {
        PycHeader header = PycHeader.read(name, bytes);
        return new PycFile(header, MarshalScanner.scan(name, bytes, PycHeader.BYTES, header.version()));
    }

    PycHeader header() {
        return header;
    }

    CodeLayout layout() {
        return layout;
    }

    MarshalObjects objects() {
        return objects;
    }

    MarshalIndex index() {
        return objects.index();
    }

    byte[] bytes() {
        return objects.index().bytes();
    }

    Qualnames qualnames() {
        return qualnames;
    }

    /** In the order in which they begin: the module first, each before those among its constants. */
    List<CodeObjectWrapper> codes() {
        return codes;
    }

    /** Whether local variables are in slots: it is a function's code, or a lambda's, or a comprehension's. */
    boolean isFunction(int code) {
        return (codes.get(code).flags() & CodeFlags.OPTIMIZED) != 0;
    }
}
