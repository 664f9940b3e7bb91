/** The {@code diff} command: what changed between two sides, each of one or several runs. */
@NullMarked
package dev.tracetool.cli.diff;

import org.jspecify.annotations.NullMarked;
