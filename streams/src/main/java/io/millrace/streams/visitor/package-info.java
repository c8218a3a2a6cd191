/** One record of state for each visitor, of which several parts of stage 1 each have their own. */
@NullMarked
package io.millrace.streams.visitor;

import org.jspecify.annotations.NullMarked;
