package dev.tracetool.format.codetracer.ctfs;

/** The kinds of record in {@code steps.dat}, by the byte that each begins with. */
enum StepTag {
    ABSOLUTE("absolute"),
    DELTA("delta"),
    RAISE("raise"),
    CATCH("catch"),
    THREAD_SWITCH("thread_switch"),
    THREAD_START("thread_start"),
    THREAD_EXIT("thread_exit"),
    DELTA_COLUMN("delta_column"),
    SOURCE_RELOAD("source_reload");

    private final String label;

    StepTag(String label) {
        this.label = label;
    }

    String label() {
        return label;
    }
}
