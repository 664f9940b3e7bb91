/** The {@code lines} command: source lines of byte offsets. */
@NullMarked
package dev.tracetool.cli.lines;

import org.jspecify.annotations.NullMarked;
