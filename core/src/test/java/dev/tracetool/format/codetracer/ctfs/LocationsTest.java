package dev.tracetool.format.codetracer.ctfs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LocationsTest {
    private static final Locations.SourceFile UNCOUNTED = Locations.SourceFile.ofLines(Locations.LINES_OF_A_FILE);

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
        List<Locations.SourceFile> files = List.of(
                Locations.SourceFile.ofLines(3), Locations.SourceFile.ofLines(0), Locations.SourceFile.ofLines(5));
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
        Locations.SourceFile file = Locations.SourceFile.ofColumns(new int[] {0, 5, 5, 5, 12}, 13);
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
        Locations.SourceFile file = Locations.SourceFile.even(Locations.LINES_OF_A_FILE, Locations.CONVENTIONAL_LINE);
        Locations locations = new Locations(List.of(file, file), 6, true);
        at(locations, 1023, 0, 1);
        at(locations, 1024, 0, 2);
        at(locations, 102_400_000 + 3 * 1024 + 9, 1, 4);
    }

    @Test
    void should_answer_the_same_wherever_it_was_before() {
        Random random = new Random(2);
        List<Locations.SourceFile> files = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            int[] starts = new int[1 + random.nextInt(300)];
            int total = 0;
            for (int line = 0; line < starts.length; line++) {
                starts[line] = total;
                total += random.nextInt(4) == 0 ? 0 : random.nextInt(60);
            }
            files.add(Locations.SourceFile.ofColumns(starts, total));
        }
        Locations used = new Locations(files, 3, true);
        long all = files.stream().mapToLong(Locations.SourceFile::size).sum();
        for (int i = 0; i < 50_000; i++) {
            long address = (long) (random.nextDouble() * all);
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
            int[] starts = files.get(file).starts();
            while (line < starts.length - 1 && base + starts[line] <= address) {
                line++;
            }
            at(used, address, file, line);
        }
    }
}
