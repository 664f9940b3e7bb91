/**
 * Code objects of CPython as they were recorded, each decoded once: names, flags, and tables that lead from byte offsets
 * to lines and columns, in the formats of all versions.
 */
@NullMarked
package dev.tracetool.code;

import org.jspecify.annotations.NullMarked;
