package dev.tracetool.summary;

import dev.tracetool.analysis.InputActivity;
import dev.tracetool.analysis.NumberWriter;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Traces by name, and those of one name by all else that is known of them: an order that no merge changes. */
final class InputOrder {
    private InputOrder() {}

    static List<InputActivity> sorted(List<InputActivity> inputs) {
        return inputs.stream()
                .map(Keyed::new)
                .sorted()
                .map(keyed -> keyed.input)
                .toList();
    }

    private static final class Keyed implements Comparable<Keyed> {
        final InputActivity input;
        private byte @Nullable [] rest;

        Keyed(InputActivity input) {
            this.input = input;
        }

        @Override
        public int compareTo(Keyed other) {
            int byName = input.name().compareTo(other.input.name());
            return byName != 0 ? byName : Arrays.compare(rest(), other.rest());
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Keyed && compareTo((Keyed) other) == 0;
        }

        @Override
        public int hashCode() {
            return input.name().hashCode();
        }

        /** Its record, and the texts that this speaks of. */
        private byte[] rest() {
            byte[] bytes = rest;
            if (bytes == null) {
                SectionBuffer texts = new SectionBuffer(Section.STRINGS);
                NumberWriter out = new NumberWriter();
                InputRecords.write(out, new Strings(texts), input);
                NumberWriter all = new NumberWriter().bytes(texts.next()).bytes(out);
                bytes = Arrays.copyOf(all.array(), all.size());
                rest = bytes;
            }
            return bytes;
        }
    }
}
