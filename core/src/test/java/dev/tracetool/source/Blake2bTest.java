package dev.tracetool.source;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Blake2bTest {
    /** Made with CPython: {@code hashlib.blake2b(bytes(i * 7 + n & 255 for i in range(n)), digest_size=16)}. */
    @ParameterizedTest
    @CsvSource({
        "0, cae66941d9efbd404e4d88758ea67670",
        "1, 4a9e6f9b8d43f6ad008f8c291929dee2",
        "127, 4bdfe90a02a9650321e48e485acc8498",
        "128, 117ca2028a4b08156b399fd29adea911",
        "129, bf505197d50347255a4f8bc3a3c4e184",
        "256, dbb08d79105462394550aa4d4e10133f",
        "1000, 81c26b9c7a14e1ff952a2e90155aaead",
    })
    void should_give_the_digest_that_python_gives(int length, String digest) {
        byte[] data = new byte[length];
        for (int i = 0; i < length; i++) {
            data[i] = (byte) (i * 7 + length);
        }
        assertEquals(digest, Blake2b.hex(data));
    }
}
