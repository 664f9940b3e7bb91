/** Compiled Python: the {@code .pyc} files of CPython, which are tables of code objects without events. */
@NullMarked
package dev.tracetool.format.pyc;

import org.jspecify.annotations.NullMarked;
