/** Follows the topics of reference tables, by plain consumers and into memory. */
@NullMarked
package io.millrace.streams.table;

import org.jspecify.annotations.NullMarked;
