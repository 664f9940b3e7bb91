/** What all commands share: the {@link dev.tracetool.cli.command.Command} itself, options, inputs, outputs, tables and failures. */
@NullMarked
package dev.tracetool.cli.command;

import org.jspecify.annotations.NullMarked;
