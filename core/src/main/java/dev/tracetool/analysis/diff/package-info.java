/**
 * What changed between two sides, each of one or several runs: functions matched across checkouts and edits, exact counts,
 * and times only where they are beyond noise.
 */
@NullMarked
package dev.tracetool.analysis.diff;

import org.jspecify.annotations.NullMarked;
