/** The {@code merge} and {@code summarize} commands: many traces and summaries become one summary. */
@NullMarked
package dev.tracetool.cli.merge;

import org.jspecify.annotations.NullMarked;
