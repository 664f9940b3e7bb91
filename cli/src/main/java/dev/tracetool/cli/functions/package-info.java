/** The {@code functions} command: functions in full. */
@NullMarked
package dev.tracetool.cli.functions;

import org.jspecify.annotations.NullMarked;
