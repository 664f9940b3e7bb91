package dev.tracetool.summary;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/** Makes summary files that lie, from the page tracetool-summary(5) alone. */
final class Sections {
    private Sections() {}

    /** The types of all sections, in their order. */
    static String types(byte[] file) {
        StringBuilder types = new StringBuilder();
        int at = 16;
        while (at < file.length) {
            types.append((char) file[at]);
            at += 16
                    + ByteBuffer.wrap(file, at + 8, 4)
                            .order(ByteOrder.LITTLE_ENDIAN)
                            .getInt();
        }
        return types.toString();
    }

    /** All sections but those of a type. */
    static byte[] without(byte[] file, char type) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(file, 0, 16);
        int at = 16;
        while (at < file.length) {
            int length = 16
                    + ByteBuffer.wrap(file, at + 8, 4)
                            .order(ByteOrder.LITTLE_ENDIAN)
                            .getInt();
            if (file[at] != type) {
                out.write(file, at, length);
            }
            at += length;
        }
        return out.toByteArray();
    }

    /** Some bytes of the records of some sections are others; all lengths and checksums are right. */
    static byte[] withChangedRecords(byte[] file, Random random) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(file, 0, 16);
        int at = 16;
        while (at < file.length) {
            ByteBuffer header = ByteBuffer.wrap(file, at, 16).slice().order(ByteOrder.LITTLE_ENDIAN);
            byte[] raw = inflate(Arrays.copyOfRange(file, at + 16, at + 16 + header.getInt(8)), header.getInt(4));
            if (raw.length > 0 && random.nextInt(2) == 0) {
                for (int i = random.nextInt(3); i >= 0; i--) {
                    raw[random.nextInt(raw.length)] = (byte) random.nextInt(256);
                }
                if (random.nextInt(4) == 0) {
                    raw = Arrays.copyOf(raw, random.nextInt(raw.length + 1));
                }
            }
            out.writeBytes(section(header.get(0), raw, raw.length));
            at += 16 + header.getInt(8);
        }
        return out.toByteArray();
    }

    private static byte[] inflate(byte[] stored, int length) {
        Inflater inflater = new Inflater();
        try {
            inflater.setInput(stored);
            byte[] raw = new byte[length];
            inflater.inflate(raw);
            return raw;
        } catch (DataFormatException e) {
            throw new AssertionError(e);
        } finally {
            inflater.end();
        }
    }

    static byte[] withVersion(byte[] file, int major) {
        ByteBuffer changed = ByteBuffer.wrap(file.clone()).order(ByteOrder.LITTLE_ENDIAN);
        changed.putShort(8, (short) major).putInt(12, crc(Arrays.copyOf(changed.array(), 12)));
        return changed.array();
    }

    /** A section more, before all others. */
    static byte[] withSection(byte[] file, char type, byte[] raw) {
        return withSection(file, type, raw, raw.length);
    }

    static byte[] withSection(byte[] file, char type, byte[] raw, int claimed) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(file, 0, 16);
        out.writeBytes(section((byte) type, raw, claimed));
        out.write(file, 16, file.length - 16);
        return out.toByteArray();
    }

    /** A section more, behind all others but the end. */
    static byte[] withLastSection(byte[] file, char type, byte[] raw) {
        int end = file.length - section((byte) 'Z', new byte[0], 0).length;
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(file, 0, end);
        out.writeBytes(section((byte) type, raw, raw.length));
        out.write(file, end, file.length - end);
        return out.toByteArray();
    }

    private static byte[] section(byte type, byte[] raw, int claimed) {
        Deflater deflater = new Deflater();
        deflater.setInput(raw);
        deflater.finish();
        byte[] stored = new byte[raw.length + 100];
        stored = Arrays.copyOf(stored, deflater.deflate(stored));
        deflater.end();
        ByteBuffer section = ByteBuffer.allocate(16 + stored.length).order(ByteOrder.LITTLE_ENDIAN);
        section.putInt(type).putInt(claimed).putInt(stored.length);
        byte[] checked = new byte[12 + stored.length];
        System.arraycopy(section.array(), 0, checked, 0, 12);
        System.arraycopy(stored, 0, checked, 12, stored.length);
        return section.putInt(crc(checked)).put(stored).array();
    }

    private static int crc(byte[] bytes) {
        CRC32 crc = new CRC32();
        crc.update(bytes);
        return (int) crc.getValue();
    }
}
