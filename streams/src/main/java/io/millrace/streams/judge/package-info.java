/** Stage 1: gives every record of click-events exactly one outcome, and adds it to the partials. */
@NullMarked
package io.millrace.streams.judge;

import org.jspecify.annotations.NullMarked;
