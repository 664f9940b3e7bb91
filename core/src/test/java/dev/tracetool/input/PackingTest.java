package dev.tracetool.input;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tracetool.testing.Packed;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PackingTest {
    @Test
    void should_recognise_what_is_packed_by_its_first_bytes() {
        Map<String, byte[]> files = Map.of("a", new byte[1000]);
        assertEquals(Packing.ZIP, Packing.of(Packed.zip(files)));
        assertEquals(Packing.ZIP, Packing.of(Packed.zip(Map.of())));
        assertEquals(Packing.TAR, Packing.of(Packed.tar(files)));
        for (byte[] content : new byte[][] {new byte[0], {1}, new byte[1000]}) {
            assertEquals(Packing.GZIP, Packing.of(Packed.gzip(content)));
            assertEquals(Packing.BZIP2, Packing.of(Packed.bzip2(content)));
            assertEquals(Packing.XZ, Packing.of(Packed.xz(content)));
            assertEquals(Packing.ZSTD, Packing.of(Packed.zstd(content)));
        }
    }

    @Test
    void should_take_nothing_else_for_packed() {
        for (byte[] head : new byte[][] {
            {},
            {'P'},
            "PK".getBytes(),
            "BZh is how this text begins".getBytes(),
            {0x1F, (byte) 0x8B},
            {(byte) 0xFD, '7', 'z', 'X', 'Z'},
            // CodeTracer's v1: its own magic, and then a frame of zstd.
            {(byte) 0xC0, (byte) 0xDE, 0x72, (byte) 0xAC, (byte) 0xE2, 1, 0, 0, 0x28, (byte) 0xB5, 0x2F, (byte) 0xFD},
            new byte[512],
        }) {
            assertEquals(Packing.NONE, Packing.of(head));
            assertEquals(null, Packing.describeUnread(head));
        }
    }

    @Test
    void should_name_what_is_packed_in_ways_that_are_not_read() {
        assertEquals(
                "a 7z archive, a kind that is not read",
                Packing.describeUnread(new byte[] {'7', 'z', (byte) 0xBC, (byte) 0xAF, 0x27, 0x1C, 0, 4}));
        assertEquals(
                "a RAR archive, a kind that is not read",
                Packing.describeUnread(new byte[] {'R', 'a', 'r', '!', 0x1A, 7, 1, 0}));
        assertEquals(
                "a file compressed with lz4, which is not read",
                Packing.describeUnread(new byte[] {0x04, 0x22, 0x4D, 0x18}));
    }
}
