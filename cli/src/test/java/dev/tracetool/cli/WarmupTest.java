package dev.tracetool.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class WarmupTest {
    /** Otherwise an archive would be made of what failing loads. */
    @Test
    void should_run_all_commands() throws IOException {
        assertEquals(0, Warmup.failures());
    }
}
