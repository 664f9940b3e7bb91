/** The {@code report} command: what ran, by file, function, line, thread and test. */
@NullMarked
package dev.tracetool.cli.report;

import org.jspecify.annotations.NullMarked;
