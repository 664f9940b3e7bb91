/** The {@code convert} command: a trace in another format. */
@NullMarked
package dev.tracetool.cli.convert;

import org.jspecify.annotations.NullMarked;
