package dev.tracetool.format.codetracer;

/** What the tables are called in which only CodeTracer's traces tell something of their run. */
public final class RunDetails {
    /** {@code code}, {@code label}. */
    public static final String EXIT_STATUS = "exit_status";

    /** {@code name}, {@code path}, {@code version}, {@code sha256}. */
    public static final String FILTERS = "trace_filters";

    /** {@code what}, such as {@code value_drops.local}, and {@code count}. */
    public static final String LEFT_OUT = "left_out_by_filters";

    /** {@code recording_id}, {@code meta_version}. */
    public static final String RECORDING = "recording";

    private RunDetails() {}
}
