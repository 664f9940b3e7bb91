package dev.tracetool.format.codetracer.ctfs;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The functions of a recording: {@code funcs.dat}. Most writers store the bare name; those that set
 * {@link MetaFlag#INTERNING_TABLES} store the address of the definition, and the name with its length.
 */
final class NameTable {
    /** In place of the address of a definition that is not stored. */
    static final long NO_ADDRESS = -1;

    private static final char QUALIFIER_END = 0x1F;

    private final List<String> names = new ArrayList<>();
    private long[] addresses = new long[16];
    private final boolean structured;
    private @Nullable MalformedContainerException damage;

    private NameTable(boolean structured) {
        this.structured = structured;
    }

    static NameTable read(Directory directory, MetaData meta) throws IOException {
        InterningTable records = InterningTable.read(directory, "funcs");
        NameTable table = new NameTable(meta.has(MetaFlag.INTERNING_TABLES));
        table.damage = records.damage();
        for (int i = 0; i < records.size(); i++) {
            Cursor in = records.cursor(i);
            try {
                if (table.structured) {
                    long address = in.varint();
                    table.add(in.text(), address);
                } else {
                    table.add(records.text(i), NO_ADDRESS);
                }
            } catch (MalformedContainerException e) {
                table.damage = e;
                table.add("", NO_ADDRESS); // those after it keep their numbers
            }
        }
        return table;
    }

    private void add(String name, long address) {
        if (names.size() == addresses.length) {
            addresses = Arrays.copyOf(addresses, 2 * addresses.length);
        }
        addresses[names.size()] = address;
        names.add(name.substring(name.indexOf(QUALIFIER_END) + 1));
    }

    int size() {
        return names.size();
    }

    String name(int number) {
        return names.get(number);
    }

    /** Where the function is defined, as steps have it; negative if that is not stored. */
    long address(int number) {
        return addresses[number];
    }

    /** Whether addresses of definitions are stored. */
    boolean structured() {
        return structured;
    }

    /** What is wrong with the table, null if nothing is. */
    @Nullable
    MalformedContainerException damage() {
        return damage;
    }
}
