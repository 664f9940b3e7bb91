/**
 * Python source text: decoding it as the interpreter does, and telling what a coverage tool needs to know of it: which
 * lines make one statement, which are docstrings, and which are excluded by a comment. Beside it, diffs of such
 * texts, and which recorded file a path of a repository means.
 */
@NullMarked
package dev.tracetool.source;

import org.jspecify.annotations.NullMarked;
