package dev.tracetool.summary;

import dev.tracetool.analysis.MalformedNumbersException;
import dev.tracetool.analysis.NumberReader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The texts of a summary that is read. */
final class Texts {
    private final List<String> texts = new ArrayList<>();
    private final Repeats before;

    Texts(Repeats before) {
        this.before = before;
    }

    void add(NumberReader in) {
        int length = in.count(1);
        texts.add(before.text(texts.size(), in.array(), in.skip(length), length));
    }

    /** The text at the place that is read. */
    String next(NumberReader in) {
        int place = in.index();
        if (place >= texts.size()) {
            throw new MalformedNumbersException(
                    in.position(), "expected one of " + texts.size() + " texts, found " + place);
        }
        return texts.get(place);
    }

    /** The same, or null. */
    @Nullable
    String nextOrNull(NumberReader in) {
        return in.index() == 0 ? null : next(in);
    }

    /** Several of them. */
    List<String> list(NumberReader in) {
        String[] list = new String[in.count(1)];
        for (int i = 0; i < list.length; i++) {
            list[i] = next(in);
        }
        return Arrays.asList(list);
    }
}
