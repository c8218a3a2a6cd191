/**
 * Programs that measure the whole program.
 *
 * <p>Never shipped.
 */
@NullMarked
package io.millrace.bench;

import org.jspecify.annotations.NullMarked;
