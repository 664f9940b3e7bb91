/**
 * The command line: dispatch, help and completion. Each command has a package of its own; what they share is in
 * {@link dev.tracetool.cli.command}.
 *
 * <p>Start-up is measured: the path from {@link dev.tracetool.cli.Main} to the first byte of text uses no lambda, no
 * regular expression, no {@code String.format} and no reflection, because each costs a short command milliseconds that
 * its reader waits for.
 */
@NullMarked
package dev.tracetool.cli;

import org.jspecify.annotations.NullMarked;
