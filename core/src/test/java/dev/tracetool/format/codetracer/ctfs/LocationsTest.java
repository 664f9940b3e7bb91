package dev.tracetool.format.codetracer.ctfs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LocationsTest {
    private static final SourceFile UNCOUNTED = SourceFile.ofLines(Locations.LINES_OF_A_FILE);

    private static void at(Locations locations, long address, int file, int line) {
        assertTrue(locations.find(address), "address " + address);
        assertEquals(file + ":" + line, locations.file() + ":" + locations.line(), "address " + address);
        assertTrue(locations.low() <= address && address < locations.high(), "address " + address);
    }

    @Test
    void should_find_lines_as_writers_before_version_4_count_them() {
        Locations locations = new Locations(List.of(UNCOUNTED, UNCOUNTED), 3, false);
        at(locations, 0, 0, 0);
        at(locations, 1, 0, 1);
        at(locations, 99_999, 0, 99_999);
        at(locations, 100_000, 1, 0); // or line 100,000 of the first file: nobody can tell
        at(locations, 100_007, 1, 7);
        at(locations, 199_999, 1, 99_999);
        assertFalse(locations.find(200_000));
        assertFalse(locations.find(-1));
        at(locations, 5, 0, 5);
    }

    @Test
    void should_find_lines_as_writers_from_version_4_on_count_them() {
        Locations locations = new Locations(List.of(UNCOUNTED, UNCOUNTED), 4, false);
        at(locations, 0, 0, 1);
        at(locations, 99_999, 0, 100_000);
        at(locations, 100_000, 1, 1);
    }

    @Test
    void should_find_lines_of_files_whose_lines_were_counted() {
        List<SourceFile> files = List.of(SourceFile.ofLines(3), SourceFile.ofLines(0), SourceFile.ofLines(5));
        Locations locations = new Locations(files, 4, false);
        at(locations, 2, 0, 3);
        at(locations, 3, 1, 1);
        at(locations, 4, 2, 1);
        at(locations, 8, 2, 5);
        assertFalse(locations.find(10));
    }

    @Test
    void should_find_files_in_the_upper_half_of_an_address() {
        Locations old = new Locations(List.of(UNCOUNTED, UNCOUNTED, UNCOUNTED), 3, false);
        at(old, 2L << 32 | 12, 2, 12);
        at(old, 1L << 32 | 200_000, 1, 200_000);
        at(old, 12, 0, 12);
        assertFalse(old.find(3L << 32 | 1));
        assertFalse(new Locations(List.of(UNCOUNTED, UNCOUNTED), 4, false).find(1L << 32 | 12));
        assertFalse(new Locations(List.of(UNCOUNTED, UNCOUNTED), 3, true).find(1L << 32 | 12));
    }

    @Test
    void should_find_lines_by_columns() {
        // Lengths 5, 0, 0, 7, 1: the empty lines begin where the fourth does.
        SourceFile file = SourceFile.ofColumns(new int[] {0, 5, 5, 5, 12}, 13, 8);
        Locations locations = new Locations(List.of(file, UNCOUNTED, file), 3, true);
        at(locations, 0, 0, 1);
        at(locations, 4, 0, 1);
        at(locations, 5, 0, 4);
        at(locations, 11, 0, 4);
        at(locations, 12, 0, 5);
        at(locations, 13, 1, 0);
        at(locations, 13 + 42, 1, 42);
        at(locations, 100_013, 2, 1);
        at(locations, 100_025, 2, 5);
        at(locations, 100_026, 2, 5); // one beyond the end: a line that the file did not have when it was read
        assertFalse(locations.find(100_027));
    }

    @Test
    void should_find_lines_of_files_without_columns_in_version_6() {
        SourceFile file = SourceFile.even(Locations.LINES_OF_A_FILE, Locations.CONVENTIONAL_LINE_SHIFT);
        Locations locations = new Locations(List.of(file, file), 6, true);
        at(locations, 1023, 0, 1);
        at(locations, 1024, 0, 2);
        at(locations, 102_400_000 + 3 * 1024 + 9, 1, 4);
    }

    /** Files of lines as short and as long as they can be, some of none; looked up with few runs, and with many. */
    @Test
    void should_answer_the_same_wherever_it_was_before() {
        Random random = new Random(2);
        List<int[]> lineStarts = new ArrayList<>();
        List<SourceFile> files = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            int[] starts = new int[1 + random.nextInt(300)];
            int longest = 1 + random.nextInt(i % 10 == 9 ? 100_000 : 60);
            int total = 0;
            for (int line = 0; line < starts.length; line++) {
                starts[line] = total;
                total += random.nextInt(4) == 0 ? 0 : random.nextInt(longest);
            }
            lineStarts.add(starts);
            files.add(SourceFile.ofColumns(starts, total, i % 2 == 0 ? 8 : 1));
        }
        Locations used = new Locations(files, 3, true);
        long all = files.stream().mapToLong(SourceFile::size).sum();
        long[] addresses = new long[50_000];
        List<String> places = new ArrayList<>();
        for (int i = 0; i < addresses.length; i++) {
            boolean near = i > 0 && random.nextInt(5) > 0;
            long next = near ? addresses[i - 1] + random.nextInt(200) - 90 : (long) (random.nextDouble() * all);
            long address = Math.max(0, Math.min(all - 1, next));
            addresses[i] = address;
            Locations fresh = new Locations(files, 3, true);
            assertTrue(fresh.find(address));
            at(used, address, fresh.file(), fresh.line());
            assertEquals(fresh.high(), used.high());
            // The rule itself, slowly: the last line that begins at or before the address.
            long base = 0;
            int file = 0;
            while (address >= base + files.get(file).size()) {
                base += files.get(file++).size();
            }
            int line = 0;
            int[] starts = lineStarts.get(file);
            while (line < starts.length && base + starts[line] <= address) {
                line++;
            }
            at(used, address, file, line);
            places.add(file + ":" + line);
        }
        assertEquals(places, batches(used, addresses));
    }

    /** What is found of many addresses at once. */
    private static List<String> batches(Locations locations, long[] addresses) {
        List<String> places = new ArrayList<>();
        Places batch = new Places(1000);
        for (int at = 0; at < addresses.length; at += 1000) {
            int count = Math.min(1000, addresses.length - at);
            locations.find(Arrays.copyOfRange(addresses, at, at + count), count, batch);
            int i = 0;
            for (int stretch = 0; stretch < batch.stretches(); stretch++) {
                for (; i < batch.endOf(stretch); i++) {
                    places.add(batch.file(stretch) < 0 ? "none" : batch.file(stretch) + ":" + batch.lines()[i]);
                }
            }
            assertEquals(count, i);
        }
        return places;
    }

    /** The same, of one address after the other. */
    private static List<String> singly(Locations locations, long[] addresses) {
        List<String> places = new ArrayList<>();
        for (long address : addresses) {
            places.add(locations.find(address) ? locations.file() + ":" + locations.line() : "none");
        }
        return places;
    }

    @Test
    void should_find_many_addresses_at_once() {
        Locations locations = new Locations(List.of(UNCOUNTED, UNCOUNTED), 4, false);
        long[] addresses = {0, 99_999, 100_000, 200_001, 7, -1};
        List<String> places = List.of("0:1", "0:100000", "1:1", "none", "0:8", "none");
        assertEquals(places, singly(locations, addresses));
        assertEquals(places, batches(locations, addresses));
        assertEquals(List.of(), batches(locations, new long[0]));
    }

    /** Files of which some have lines of different lengths, and addresses in and out of them. */
    @Test
    void should_find_the_same_of_many_addresses_at_once_as_of_each() {
        SourceFile small = SourceFile.ofColumns(new int[] {0, 5, 5, 5, 12}, 13, 8);
        SourceFile conventional = SourceFile.even(Locations.LINES_OF_A_FILE, Locations.CONVENTIONAL_LINE_SHIFT);
        List<List<SourceFile>> tables = List.of(
                List.of(),
                List.of(small),
                List.of(small, UNCOUNTED, small, SourceFile.ofLines(0), conventional, small),
                List.of(SourceFile.ofLines(3), conventional, UNCOUNTED),
                List.of(SourceFile.ofLines(Integer.MAX_VALUE), small, SourceFile.ofLines(Integer.MAX_VALUE)),
                List.of(SourceFile.ofLines(Integer.MAX_VALUE), SourceFile.ofLines(Integer.MAX_VALUE)));
        for (int seed = 0; seed < 50; seed++) {
            Random random = new Random(seed);
            for (List<SourceFile> files : tables) {
                boolean columns = random.nextBoolean();
                int version = 3 + random.nextInt(4);
                long all = files.stream().mapToLong(SourceFile::size).sum();
                long[] addresses = new long[3000];
                for (int i = 0; i < addresses.length; i++) {
                    addresses[i] = switch (random.nextInt(40)) {
                        case 0 -> random.nextLong();
                        case 1 -> random.nextLong() >>> random.nextInt(40);
                        case 2 -> all - 2 + random.nextInt(5);
                        case 3 -> (long) (random.nextDouble() * all);
                        case 4 -> random.nextInt(20);
                        default -> i == 0 ? 0 : addresses[i - 1] + random.nextInt(9) - 4;
                    };
                }
                assertEquals(
                        singly(new Locations(files, version, columns), addresses),
                        batches(new Locations(files, version, columns), addresses),
                        "seed " + seed + ", version " + version + ", " + files.size() + " files");
            }
        }
    }

    @Test
    void should_find_lines_of_a_file_as_large_as_can_be() {
        int size = Integer.MAX_VALUE - 1;
        SourceFile file = SourceFile.ofColumns(new int[] {0, 7, size - 1}, size, 8);
        Locations locations = new Locations(List.of(file), 3, true);
        at(locations, 6, 0, 1);
        at(locations, size - 2L, 0, 2);
        at(locations, size - 1L, 0, 3);
        long[] addresses = {6, 7, size - 2L, size - 1L};
        assertEquals(List.of("0:1", "0:2", "0:2", "0:3"), batches(locations, addresses));
    }
}
