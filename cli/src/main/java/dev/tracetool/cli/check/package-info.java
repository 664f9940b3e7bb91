/** The {@code check} command: holds a run to gates, from options and from a file in the user's repository. */
@NullMarked
package dev.tracetool.cli.check;

import org.jspecify.annotations.NullMarked;
