/**
 * The command line: one class per command, and what they share (streams, inputs, outputs, tables).
 *
 * <p>Start-up is measured: the path from {@link dev.tracetool.cli.Main} to the first byte of text uses no lambda, no
 * regular expression, no {@code String.format} and no reflection, because each costs a short command milliseconds that
 * its reader waits for.
 */
@NullMarked
package dev.tracetool.cli;

import org.jspecify.annotations.NullMarked;
