/** The {@code tree} command: who called whom. */
@NullMarked
package dev.tracetool.cli.tree;

import org.jspecify.annotations.NullMarked;
