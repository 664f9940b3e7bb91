/** tracetool's own trace file, version 1, as tracetool-trace(5) specifies it: a reader and a writer. */
@NullMarked
package dev.tracetool.format.nativetrace;

import org.jspecify.annotations.NullMarked;
