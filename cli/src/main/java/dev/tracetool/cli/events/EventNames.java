package dev.tracetool.cli.events;

import dev.tracetool.code.CodeIdentity;
import dev.tracetool.code.CodeObjectWrapper;
import dev.tracetool.code.LineTable;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** What the rows of one code object's events have in common, as bytes in the form of the output. */
final class EventNames {
    final int index;
    final byte[] file;
    final byte[] function;
    final LineTable lines;
    final boolean wanted;

    /** @param code null if the trace does not have it, because it is damaged */
    EventNames(int index, @Nullable CodeObjectWrapper code, EventRow row, boolean wanted) {
        this.index = index;
        this.file = row.field(code == null ? null : CodeIdentity.knownFile(code.filename()))
                .getBytes(StandardCharsets.UTF_8);
        this.function = row.field(code == null ? null : code.qualname()).getBytes(StandardCharsets.UTF_8);
        this.lines = code == null ? LineTable.EMPTY : code.lineTableOrEmpty();
        this.wanted = wanted;
    }
}
