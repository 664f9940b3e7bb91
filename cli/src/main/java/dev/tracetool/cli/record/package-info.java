/** The {@code record} and {@code recorder} commands: a Python program is run under the embedded recorder. */
@NullMarked
package dev.tracetool.cli.record;

import org.jspecify.annotations.NullMarked;
