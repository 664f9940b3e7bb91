package dev.tracetool.format.codetracer.ctfs;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes a container. Blocks of all files are taken in turns, as a recorder takes them that writes its streams side by
 * side.
 */
public final class CtContainer {
    private final Map<String, byte[]> files = new LinkedHashMap<>();
    private int version = 4;
    private int blockSize = 4096;
    private int entries = 31;
    private boolean compact;

    public CtContainer file(String name, byte[] content) {
        files.put(name, content);
        return this;
    }

    public CtContainer without(String name) {
        files.remove(name);
        return this;
    }

    public byte[] content(String name) {
        return files.get(name);
    }

    CtContainer version(int number) {
        version = number;
        return this;
    }

    CtContainer blockSize(int bytes) {
        blockSize = bytes;
        return this;
    }

    /** 0 for all that fit into the first block. */
    CtContainer entries(int count) {
        entries = count;
        return this;
    }

    /** Version 6, without blocks. */
    CtContainer compact() {
        version = 6;
        compact = true;
        return this;
    }

    public byte[] toBytes() {
        return compact ? compactBytes() : new Blocks().write();
    }

    private byte[] compactBytes() {
        ByteWriter out = header().u32(files.size());
        long at = 28 + 24L * files.size();
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            out.u64(Base40.encode(file.getKey())).u64(at).u64(file.getValue().length);
            at += file.getValue().length;
        }
        files.values().forEach(out::bytes);
        return out.toBytes();
    }

    private ByteWriter header() {
        ByteWriter out =
                new ByteWriter().bytes(ContainerHeader.MAGIC).u8(version).u8(0).u8(0);
        out.u32(compact ? 0 : blockSize).u32(compact ? 0 : entries);
        if (version == 6) {
            out.u8(compact ? 1 : 0).u8(0).bytes(new byte[6]);
        }
        return out;
    }

    private final class Blocks {
        private final List<byte[]> blocks = new ArrayList<>();
        private final int usable = blockSize / 8 - 1;

        byte[] write() {
            byte[] head = header().toBytes();
            int slots = entries == 0 ? (blockSize - head.length) / 24 : entries;
            int roots = (head.length + 24 * slots + blockSize - 1) / blockSize;
            for (int i = 0; i < roots; i++) {
                take();
            }
            if (files.size() > slots) {
                throw new IllegalArgumentException(files.size() + " files, " + slots + " slots");
            }
            List<byte[]> contents = List.copyOf(files.values());
            long[] maps = new long[contents.size()];
            for (int i = 0; i < maps.length; i++) {
                boolean none = version >= 5 && contents.get(i).length == 0;
                boolean direct = version >= 5 && contents.get(i).length <= blockSize;
                maps[i] = none ? 0 : direct ? Long.MIN_VALUE | take() : take();
            }
            boolean more = true;
            for (int index = 0; more; index++) {
                more = false;
                for (int i = 0; i < maps.length; i++) {
                    byte[] content = contents.get(i);
                    if ((long) index * blockSize < content.length) {
                        more = true;
                        long block = maps[i] < 0 ? maps[i] & Long.MAX_VALUE : take();
                        int from = index * blockSize;
                        int length = Math.min(blockSize, content.length - from);
                        System.arraycopy(content, from, blocks.get((int) block), 0, length);
                        if (maps[i] > 0) {
                            map(maps[i], index, block);
                        }
                    }
                }
            }
            byte[] bytes = new byte[blocks.size() * blockSize];
            for (int i = 0; i < blocks.size(); i++) {
                System.arraycopy(blocks.get(i), 0, bytes, i * blockSize, blockSize);
            }
            System.arraycopy(head, 0, bytes, 0, head.length);
            ByteBuffer out =
                    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).position(head.length);
            int i = 0;
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                out.putLong(file.getValue().length).putLong(maps[i++]).putLong(Base40.encode(file.getKey()));
            }
            return bytes;
        }

        private long take() {
            blocks.add(new byte[blockSize]);
            return blocks.size() - 1L;
        }

        /** Notes the block of an index, and takes the mapping blocks that this needs. */
        private void map(long root, long index, long block) {
            long at = root;
            long within = index;
            long covered = usable;
            int level = 1;
            while (within >= covered) {
                within -= covered;
                at = next(at, usable);
                level++;
                covered *= usable;
            }
            while (level-- > 1) {
                covered /= usable;
                at = next(at, (int) (within / covered));
                within %= covered;
            }
            longs(at).putLong(8 * (int) within, block);
        }

        private long next(long mapping, int slot) {
            long found = longs(mapping).getLong(8 * slot);
            if (found == 0) {
                found = take();
                longs(mapping).putLong(8 * slot, found);
            }
            return found;
        }

        private ByteBuffer longs(long block) {
            return ByteBuffer.wrap(blocks.get((int) block)).order(ByteOrder.LITTLE_ENDIAN);
        }
    }

    /** The same bytes with other ones at a place. */
    static byte[] changed(byte[] bytes, int at, int... values) {
        byte[] changed = Arrays.copyOf(bytes, bytes.length);
        for (int i = 0; i < values.length; i++) {
            changed[at + i] = (byte) values[i];
        }
        return changed;
    }
}
