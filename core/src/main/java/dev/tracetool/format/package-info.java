/** Recognising an input by its content, and opening it. */
@NullMarked
package dev.tracetool.format;

import org.jspecify.annotations.NullMarked;
