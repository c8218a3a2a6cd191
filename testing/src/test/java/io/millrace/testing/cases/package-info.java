/** Runs the case files of views that are in examples/views/cases. */
@NullMarked
package io.millrace.testing.cases;

import org.jspecify.annotations.NullMarked;
