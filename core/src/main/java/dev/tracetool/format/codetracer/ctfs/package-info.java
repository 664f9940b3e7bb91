/**
 * The {@code .ct} file of CodeTracer: a container of internal files (CTFS) that hold a recording in streams, or, in older
 * ones, as one stream of records.
 */
@NullMarked
package dev.tracetool.format.codetracer.ctfs;

import org.jspecify.annotations.NullMarked;
