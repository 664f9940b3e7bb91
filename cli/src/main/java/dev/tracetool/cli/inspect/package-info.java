/** The {@code inspect} command: what is in a trace. */
@NullMarked
package dev.tracetool.cli.inspect;

import org.jspecify.annotations.NullMarked;
