@NullMarked
package dev.tracetool.trace;

import org.jspecify.annotations.NullMarked;
