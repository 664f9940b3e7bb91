@NullMarked
package dev.tracetool.code;

import org.jspecify.annotations.NullMarked;
