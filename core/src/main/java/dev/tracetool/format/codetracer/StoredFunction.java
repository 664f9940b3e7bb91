package dev.tracetool.format.codetracer;

import dev.tracetool.code.CodeRecord;
import dev.tracetool.code.LineTableFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that these traces store of a code object: its file, its name, and mostly its first line.
 *
 * @param firstLine or {@link CodeRecord#UNKNOWN}
 */
public record StoredFunction(String filename, String qualname, int firstLine) implements CodeRecord {
    @Override
    public long id() {
        return 0;
    }

    @Override
    public int parentIndex() {
        return UNKNOWN;
    }

    @Override
    public String name() {
        return qualname.substring(qualname.lastIndexOf('.') + 1);
    }

    @Override
    public int flags() {
        return UNKNOWN;
    }

    @Override
    public int argCount() {
        return UNKNOWN;
    }

    @Override
    public int positionalOnlyArgCount() {
        return UNKNOWN;
    }

    @Override
    public int keywordOnlyArgCount() {
        return UNKNOWN;
    }

    @Override
    public int codeLength() {
        return UNKNOWN;
    }

    @Override
    public LineTableFormat lineTableFormat() {
        return LineTableFormat.NONE;
    }

    @Override
    public byte[] lineTable() {
        return new byte[0];
    }

    @Override
    public @Nullable List<String> variableNames() {
        return null;
    }

    @Override
    public byte[] digest() {
        return new byte[16];
    }
}
