/** The {@code coverage} command: how much of each file ran, by the rules of coverage.py. */
@NullMarked
package dev.tracetool.cli.coverage;

import org.jspecify.annotations.NullMarked;
