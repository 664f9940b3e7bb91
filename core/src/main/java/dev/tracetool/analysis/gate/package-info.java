/**
 * What a run can be held to: least shares of statements that ran, in total, by file and in the lines of a diff; most calls
 * and time of functions; nothing new that is never called, no test lost, calls that balance. Each gate makes results of
 * what was analysed; it reads nothing and prints nothing.
 */
@NullMarked
package dev.tracetool.analysis.gate;

import org.jspecify.annotations.NullMarked;
