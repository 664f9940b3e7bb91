/** The {@code timeline} command: when threads were busy. */
@NullMarked
package dev.tracetool.cli.timeline;

import org.jspecify.annotations.NullMarked;
