package dev.tracetool.format.codetracer.ctfs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class StepAddressesTest {
    /** Writes records, absolute ones and changes, with numbers of one byte to ten. */
    private static List<Long> write(ByteWriter out, Random random, int count, int mostBits) {
        List<Long> addresses = new ArrayList<>();
        long address = 0;
        for (int i = 0; i < count; i++) {
            long number = random.nextLong() >>> 64 - 1 - random.nextInt(mostBits);
            if (random.nextInt(4) == 0) {
                out.u8(0).varint(number);
                address = number;
            } else {
                long change = random.nextBoolean() ? number : -number;
                out.u8(1).signed(change);
                address += change;
            }
            addresses.add(address);
        }
        return addresses;
    }

    private static List<Long> read(byte[] bytes, int length, int atMost) {
        byte[] padded = Arrays.copyOf(bytes, length + ChunkedStream.PADDING);
        StepAddresses decoder = new StepAddresses();
        List<Long> addresses = new ArrayList<>();
        int at = 0;
        long address = 0;
        int count;
        do {
            count = decoder.decode(padded, at, length, atMost, address);
            for (int i = 0; i < count; i++) {
                addresses.add(decoder.addresses()[i]);
            }
            at = decoder.end();
            address = decoder.address();
        } while (count > 0);
        return addresses;
    }

    @Test
    void should_decode_numbers_of_any_length() {
        for (int seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            ByteWriter out = new ByteWriter();
            List<Long> expected = write(out, random, 1 + random.nextInt(300), 1 + random.nextInt(63));
            byte[] bytes = out.toBytes();
            assertEquals(expected, read(bytes, bytes.length, StepAddresses.ROOM), "seed " + seed);
            assertEquals(expected, read(bytes, bytes.length, 1 + random.nextInt(9)), "seed " + seed);
        }
    }

    @Test
    void should_stop_at_what_is_no_address() {
        for (int seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            ByteWriter out = new ByteWriter();
            int mostBits = 1 + random.nextInt(30);
            List<Long> expected = write(out, random, random.nextInt(20), mostBits);
            int end = out.size();
            int[] others = {2, 7, 8, 0x41, 0x80, 0xFF};
            out.u8(others[seed % others.length]).varint(5);
            write(out, random, 20, mostBits);
            byte[] bytes = out.toBytes();
            assertEquals(expected, read(bytes, bytes.length, StepAddresses.ROOM), "seed " + seed);
            StepAddresses decoder = new StepAddresses();
            decoder.decode(bytes, 0, bytes.length, StepAddresses.ROOM, 0);
            assertEquals(end, decoder.end(), "seed " + seed);
        }
    }

    @Test
    void should_stop_before_a_record_that_is_cut_off() {
        ByteWriter out = new ByteWriter();
        List<Integer> ends = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            out.u8(1).signed(1L << i);
            ends.add(out.size());
        }
        byte[] bytes = out.toBytes();
        for (int length = 0; length <= bytes.length; length++) {
            int whole = 0;
            while (whole < ends.size() && ends.get(whole) <= length) {
                whole++;
            }
            assertEquals(whole, read(bytes, length, StepAddresses.ROOM).size(), length + " bytes");
        }
    }

    @Test
    void should_stop_at_a_number_of_more_than_64_bits() {
        byte[] bytes = new byte[30];
        Arrays.fill(bytes, (byte) 0xFF);
        bytes[0] = 1;
        bytes[1] = 6;
        bytes[2] = 1;
        assertEquals(List.of(3L), read(bytes, 20, StepAddresses.ROOM));
    }
}
