package dev.tracetool.export;

import dev.tracetool.analysis.FileActivity;
import dev.tracetool.analysis.FunctionActivity;
import dev.tracetool.analysis.Recorded;
import dev.tracetool.analysis.TestFigures;
import dev.tracetool.analysis.ThreadActivity;
import dev.tracetool.export.Report.By;
import java.util.Comparator;
import java.util.Locale;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** What the lists of a report can be sorted by: the greatest first, but names from A to Z. */
public enum SortKey {
    SELF(By.FILE, By.FUNCTION, By.THREAD),
    TOTAL(By.FUNCTION),
    DURATION(By.THREAD, By.TEST),
    CALLS(By.FILE, By.FUNCTION, By.THREAD, By.TEST),
    /** Executable lines. */
    LINES(By.FILE, By.FUNCTION),
    LINES_HIT(By.FILE, By.FUNCTION, By.TEST),
    /** Lines that only this test hits. */
    LINES_ONLY(By.TEST),
    /** Executable lines that were not reached. */
    MISSED(By.FILE, By.FUNCTION),
    LINE_EVENTS(By.FILE, By.FUNCTION, By.LINE, By.THREAD, By.TEST),
    EVENTS(By.THREAD, By.TEST),
    EXCEPTIONS(By.FILE, By.FUNCTION),
    /** The file, then the line. */
    NAME(By.FILE, By.FUNCTION, By.LINE, By.THREAD, By.TEST);

    /** One bit for each list. */
    private final int lists;

    SortKey(By first, By... rest) {
        int bits = 1 << first.ordinal();
        for (By list : rest) {
            bits |= 1 << list.ordinal();
        }
        this.lists = bits;
    }

    /** As users write it. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether the list can be sorted by this; if not, it stays in its own order. */
    public boolean sorts(By list) {
        return (lists & (1 << list.ordinal())) != 0;
    }

    /** The most expensive first: by the best measure of expense that was recorded. */
    private static SortKey own(Recorded recorded) {
        if (recorded.times()) {
            return SELF;
        }
        boolean countsLines = recorded.lines() && recorded.everyLine();
        return countsLines || !recorded.calls() ? LINE_EVENTS : CALLS;
    }

    private static SortKey choose(@Nullable SortKey asked, By list, Recorded recorded) {
        return asked != null && asked.sorts(list) ? asked : own(recorded);
    }

    static @Nullable Comparator<FileActivity> files(@Nullable SortKey asked, Recorded recorded) {
        return switch (choose(asked, By.FILE, recorded)) {
            case SELF -> greatest(FileActivity::selfNs);
            case CALLS -> greatest(FileActivity::calls);
            case LINES -> greatest(f -> f.lines().executable());
            case LINES_HIT -> greatest(FileActivity::linesHit);
            case MISSED -> greatest(f -> f.hasTable() ? f.lines().executable() - f.linesHit() : -1);
            case LINE_EVENTS -> greatest(FileActivity::lineEvents);
            case EXCEPTIONS -> greatest(FileActivity::unwinds);
            case TOTAL, DURATION, EVENTS, LINES_ONLY, NAME -> null;
        };
    }

    static @Nullable Comparator<FunctionActivity> functions(@Nullable SortKey asked, Recorded recorded) {
        return switch (choose(asked, By.FUNCTION, recorded)) {
            case SELF -> greatest(FunctionActivity::selfNs);
            case TOTAL -> greatest(FunctionActivity::totalNs);
            case CALLS -> greatest(FunctionActivity::calls);
            case LINES -> greatest(f -> f.lines().executable());
            case LINES_HIT -> greatest(FunctionActivity::linesHit);
            case MISSED -> greatest(f -> f.hasTable() ? f.lines().executable() - f.linesHit() : -1);
            case LINE_EVENTS -> greatest(FunctionActivity::lineEvents);
            case EXCEPTIONS -> greatest(FunctionActivity::unwinds);
            case DURATION, EVENTS, LINES_ONLY, NAME -> null;
        };
    }

    static @Nullable Comparator<Report.LineRow> lines(@Nullable SortKey asked) {
        return asked == NAME ? null : greatest(Report.LineRow::hits);
    }

    static @Nullable Comparator<Report.ThreadRow> threads(@Nullable SortKey asked, Recorded recorded) {
        ToLongFunction<ThreadActivity> value = switch (choose(asked, By.THREAD, recorded)) {
            case SELF -> t -> orZero(t.selfNs());
            case DURATION -> t -> orZero(t.durationNs());
            case CALLS -> t -> orZero(t.calls());
            case LINE_EVENTS -> t -> orZero(t.lineEvents());
            case EVENTS -> ThreadActivity::events;
            case TOTAL, LINES, LINES_HIT, LINES_ONLY, MISSED, EXCEPTIONS, NAME -> t -> 0;
        };
        return greatest(t -> value.applyAsLong(t.activity()));
    }

    /** The longest first, unless something else was asked for. */
    static @Nullable Comparator<TestFigures> tests(@Nullable SortKey asked) {
        return switch (asked != null && asked.sorts(By.TEST) ? asked : DURATION) {
            case CALLS -> greatest(TestFigures::calls);
            case LINES_HIT -> greatest(TestFigures::linesHit);
            case LINES_ONLY -> greatest(TestFigures::linesOnly);
            case LINE_EVENTS -> greatest(TestFigures::lineEvents);
            case EVENTS -> greatest(t -> t.test().events());
            case NAME -> null;
            default -> greatest(t -> orZero(t.test().durationNs()));
        };
    }

    private static long orZero(@Nullable Long value) {
        return value == null ? 0 : value;
    }

    private static <T> Comparator<T> greatest(ToLongFunction<T> value) {
        return Comparator.comparingLong(value).reversed();
    }
}
