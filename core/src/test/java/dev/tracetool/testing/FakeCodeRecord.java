package dev.tracetool.testing;

import dev.tracetool.code.CodeRecord;
import dev.tracetool.code.LineTableFormat;
import java.util.List;

/** A code record made by hand. */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record FakeCodeRecord(
        long id,
        int parentIndex,
        String filename,
        String qualname,
        String name,
        int firstLine,
        int flags,
        int argCount,
        int positionalOnlyArgCount,
        int keywordOnlyArgCount,
        int codeLength,
        LineTableFormat lineTableFormat,
        byte[] lineTable,
        List<String> variableNames,
        byte[] digest)
        implements CodeRecord {
    /** A small function of two lines, with something in every attribute; the digest is that of the id. */
    public static FakeCodeRecord of(long id) {
        byte[] digest = new byte[16];
        for (int i = 0; i < Long.BYTES; i++) {
            digest[i] = (byte) (id >>> (8 * i));
        }
        return new FakeCodeRecord(
                id,
                7,
                "/src/" + id + ".py",
                "Klass.method_" + id,
                "method_" + id,
                10,
                3,
                2,
                1,
                1,
                8,
                LineTableFormat.LOCATIONS_3_11,
                // Line 10, columns 0 to 4, 1 unit; no location, 1 unit; line 11, columns unknown, 2 units.
                bytes(0x80, 0x04, 0xf8, 0xe9, 0x02),
                List.of("self", "item"),
                digest);
    }

    public FakeCodeRecord withTable(LineTableFormat format, int first, int length, byte... table) {
        return new FakeCodeRecord(
                id,
                parentIndex,
                filename,
                qualname,
                name,
                first,
                flags,
                argCount,
                positionalOnlyArgCount,
                keywordOnlyArgCount,
                length,
                format,
                table,
                variableNames,
                digest);
    }

    /** Bytes from numbers that need not be signed. */
    public static byte[] bytes(int... unsigned) {
        byte[] bytes = new byte[unsigned.length];
        for (int i = 0; i < unsigned.length; i++) {
            bytes[i] = (byte) unsigned[i];
        }
        return bytes;
    }

    @Override
    public byte[] lineTable() {
        return lineTable.clone();
    }

    @Override
    public byte[] digest() {
        return digest.clone();
    }
}
