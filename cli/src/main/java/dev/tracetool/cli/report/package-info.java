/** The {@code report} command: what ran, by file, function, line and thread. */
@NullMarked
package dev.tracetool.cli.report;

import org.jspecify.annotations.NullMarked;
