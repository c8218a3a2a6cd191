/** Between and in stage 2: partials packed into records, and merged into the cells of the views. */
@NullMarked
package io.millrace.streams.rollup;

import org.jspecify.annotations.NullMarked;
