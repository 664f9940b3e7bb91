package dev.tracetool.format.codetracer;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The kinds of record of a CodeTracer trace, in the order in which its own definition has them. */
public enum RecordKind {
    STEP("Step"),
    PATH("Path"),
    VARIABLE_NAME("VariableName"),
    VARIABLE("Variable"),
    TYPE("Type"),
    VALUE("Value"),
    FUNCTION("Function"),
    CALL("Call"),
    RETURN("Return"),
    EVENT("Event"),
    ASM("Asm"),
    BIND_VARIABLE("BindVariable"),
    ASSIGNMENT("Assignment"),
    DROP_VARIABLES("DropVariables"),
    COMPOUND_VALUE("CompoundValue"),
    CELL_VALUE("CellValue"),
    ASSIGN_COMPOUND_ITEM("AssignCompoundItem"),
    ASSIGN_CELL("AssignCell"),
    VARIABLE_CELL("VariableCell"),
    DROP_VARIABLE("DropVariable"),
    THREAD_START("ThreadStart"),
    THREAD_EXIT("ThreadExit"),
    THREAD_SWITCH("ThreadSwitch"),
    DROP_LAST_STEP("DropLastStep");

    private static final Map<String, RecordKind> BY_LABEL = new HashMap<>();

    static {
        for (RecordKind kind : values()) {
            BY_LABEL.put(kind.label, kind);
        }
    }

    private final String label;

    RecordKind(String label) {
        this.label = label;
    }

    /** The name that it has in JSON and CBOR. */
    public String label() {
        return label;
    }

    /** The kind of that name, or null. */
    public static @Nullable RecordKind labelled(String label) {
        return BY_LABEL.get(label);
    }
}
