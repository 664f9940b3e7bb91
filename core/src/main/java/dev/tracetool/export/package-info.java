/** Text, tables and documents made of analyses. Nothing here prints: everything is written to what the caller gives. */
@NullMarked
package dev.tracetool.export;

import org.jspecify.annotations.NullMarked;
