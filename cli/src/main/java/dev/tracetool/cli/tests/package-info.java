/** The {@code tests} command: which tests reach a place. */
@NullMarked
package dev.tracetool.cli.tests;

import org.jspecify.annotations.NullMarked;
