/** The summary file: all that is to be known of any number of traces but their events, tracetool-summary(5). */
@NullMarked
package dev.tracetool.summary;

import org.jspecify.annotations.NullMarked;
