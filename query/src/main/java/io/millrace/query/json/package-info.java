/** Writing JSON into memory. */
@NullMarked
package io.millrace.query.json;

import org.jspecify.annotations.NullMarked;
