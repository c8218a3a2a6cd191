/** Who asks, and what they may see and do. */
@NullMarked
package io.millrace.query.access;

import org.jspecify.annotations.NullMarked;
