package dev.tracetool.format.codetracer.ctfs;

import dev.tracetool.format.codetracer.RecordTokens;
import dev.tracetool.format.codetracer.RecordVisitor;
import dev.tracetool.format.codetracer.cbor.CborValues;
import dev.tracetool.trace.Damage;
import java.io.IOException;

/** What a recording has beside its steps and calls, told in step with them. */
final class StepRecords {
    /** A stream of records each of which belongs to a step, in their order. */
    abstract static class Source {
        /** In place of a step: there are no more records, or the record is none to be told. */
        static final long NO_STEP = Long.MAX_VALUE;

        final ChunkedRecords records;
        final CborValues content;
        private long step = -1;

        Source(ChunkedRecords records, CborValues content) {
            this.records = records;
            this.content = content;
        }

        /** The step of the record that comes. */
        final long step() {
            return step;
        }

        /** Goes on to the next record; to be called for the first one too. */
        final void next() throws IOException {
            long before = step;
            step = NO_STEP;
            while (step == NO_STEP && records.next()) {
                step = stepOf(before);
            }
        }

        /**
         * Looks at the record that comes.
         *
         * @param before the step of the one before it, -1 if there is none
         * @return its step, or {@link #NO_STEP}
         */
        abstract long stepOf(long before);

        /** Tells the record that comes. */
        abstract void tell(RecordTokens to) throws IOException;
    }

    private final RecordVisitor visitor;
    private final ValueRecords values;
    private final OutputRecords output;
    private final CallValues calls;
    private final CborValues content = new CborValues();
    private int thread;

    /** @param stored whether chunks are not packed */
    StepRecords(RecordVisitor visitor, Directory directory, boolean stored, FrameUnpacker unpacker, Damage damage)
            throws IOException {
        this.visitor = visitor;
        this.values =
                new ValueRecords(ChunkedRecords.open(directory, ValueRecords.NAME, stored, unpacker, damage), content);
        this.output = new OutputRecords(
                ChunkedRecords.open(directory, OutputRecords.NAME, stored, unpacker, damage), content);
        this.calls = new CallValues(visitor, content, damage);
        values.next();
        output.next();
    }

    /** There are records of steps before this one, and not of all before any earlier one. */
    long next() {
        long next = Math.min(values.step(), output.step());
        return next == Source.NO_STEP ? next : next + 1;
    }

    /** Tells all records of steps before that one; those of one step, values first. */
    void before(long step) throws IOException {
        while (next() <= step && next() != Source.NO_STEP) {
            Source source = values.step() <= output.step() ? values : output;
            source.tell(visitor.records(thread));
            source.next();
        }
    }

    /** What follows is of that thread. */
    void thread(int number) {
        thread = number;
    }

    /** The same, which the recording says. */
    void switchTo(int number) throws IOException {
        thread = number;
        visitor.records(number);
    }

    CallValues calls() {
        return calls;
    }

    /** An exception was told just now. */
    void raised(long position, byte[] text, int from, int length) throws IOException {
        visitor.raised(CallValues.value(position, to -> content.text(text, from, length, to)));
    }

    void threadExit(int number) throws IOException {
        visitor.threadExit(number);
    }
}
