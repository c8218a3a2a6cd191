/**
 * Cells of views: what each holds, how its contributions are merged, and how it is keyed and
 * written.
 */
@NullMarked
package io.millrace.model.cell;

import org.jspecify.annotations.NullMarked;
