/** The {@code tests} command: which tests ran, which reach a place, and which to run for a diff. */
@NullMarked
package dev.tracetool.cli.tests;

import org.jspecify.annotations.NullMarked;
