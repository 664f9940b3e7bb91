/** The {@code events} command: the events of a trace, one a line. */
@NullMarked
package dev.tracetool.cli.events;

import org.jspecify.annotations.NullMarked;
