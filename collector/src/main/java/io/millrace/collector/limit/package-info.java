/** How often somebody may do something. */
@NullMarked
package io.millrace.collector.limit;

import org.jspecify.annotations.NullMarked;
