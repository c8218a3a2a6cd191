/** What can go wrong with a query, and whose fault it is. */
@NullMarked
package io.millrace.query.error;

import org.jspecify.annotations.NullMarked;
