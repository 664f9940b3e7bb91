package dev.tracetool.analysis;

/** Times of functions in spans of time, which begin at multiples of their width. */
interface FunctionSpans {
    /** Takes the time of a function in a span. */
    interface Taker {
        /**
         * @param shift the span is so many doublings of a nanosecond wide
         * @param span which of those of its width, from that on which begins at 0
         */
        void take(int function, int shift, long span, long time);
    }

    /** Gives all, in any order. */
    void forEach(Taker taker);
}
