package dev.tracetool.format.pyc;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** Against what Python's {@code hashlib.blake2b(data, digest_size=16)} gives. */
class Blake2bTest {
    @Test
    void should_give_the_digests_of_python() {
        byte[] thousand = new byte[1000];
        for (int i = 0; i < thousand.length; i++) {
            thousand[i] = (byte) (i % 251);
        }
        assertEquals("cae66941d9efbd404e4d88758ea67670", digest(new byte[0]));
        assertEquals("cf4ab791c62b8d2b2109c90275287816", digest("abc".getBytes(StandardCharsets.US_ASCII)));
        assertEquals("40d697295c01d2312035c1fa7d884b8d", digest(new byte[128]));
        assertEquals("bca120dfd89cd95d82898473a5b01c90", digest(thousand));
    }

    @Test
    void should_not_depend_on_how_the_data_come() {
        byte[] data = new byte[1000];
        Arrays.setAll(new int[data.length], i -> data[i] = (byte) (i * 7));
        for (int cut = 0; cut <= data.length; cut += 37) {
            Blake2b parts = new Blake2b();
            parts.add(Arrays.copyOf(data, cut));
            parts.add(Arrays.copyOfRange(data, cut, data.length));
            assertEquals(digest(data), HexFormat.of().formatHex(parts.digest()));
        }
    }

    private static String digest(byte[] data) {
        Blake2b blake = new Blake2b();
        blake.add(data);
        return HexFormat.of().formatHex(blake.digest());
    }
}
