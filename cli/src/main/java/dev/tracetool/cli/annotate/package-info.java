/** The {@code annotate} command: source with what ran, line by line. */
@NullMarked
package dev.tracetool.cli.annotate;

import org.jspecify.annotations.NullMarked;
