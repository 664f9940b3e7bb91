/** Where the bytes of a trace lie: files, folders, archives, pipes. Knows nothing of formats. */
@NullMarked
package dev.tracetool.input;

import org.jspecify.annotations.NullMarked;
