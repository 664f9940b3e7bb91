package dev.tracetool.cli.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tracetool.cli.Cli;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** On real runs, with threads, generators, coroutines and exceptions, the times of a file's lines are its self time. */
class LineTimesIT {
    private static final String MATRIX = "dev.tracetool.testing.CPython#MATRIX";

    @TempDir
    Path folder;

    /** A column by file, added up; the text of a line, which can hold commas, stands last. */
    private static Map<String, Long> sums(String csv, String column) {
        List<String> lines = csv.lines().toList();
        List<String> names = Arrays.asList(lines.get(0).split(","));
        Map<String, Long> sums = new TreeMap<>();
        for (String line : lines.subList(1, lines.size())) {
            String[] cells = line.split(",", names.size());
            String ns = cells[names.indexOf(column)];
            sums.merge(cells[names.indexOf("file")], ns.isEmpty() ? 0 : Long.parseLong(ns), Long::sum);
        }
        return sums;
    }

    @ParameterizedTest
    @FieldSource(MATRIX)
    void should_add_up_to_the_self_time_of_each_file(String version) throws IOException {
        Recorder recorder = new Recorder(version, folder);
        recorder.recorded("--line-times", Recorder.SAMPLES.resolve("tour.py"));
        String annotated =
                Cli.run("annotate", "--format", "csv", recorder.trace()).ok();
        String reported = Cli.run("report", "--by", "file", "--format", "csv", recorder.trace())
                .ok();
        Map<String, Long> times = sums(annotated, "time_ns");
        assertTrue(times.size() >= 7, annotated);
        assertEquals(sums(reported, "self_ns"), times);
    }
}
