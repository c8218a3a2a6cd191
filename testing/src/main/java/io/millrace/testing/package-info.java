/**
 * Nothing of its own: tests of the whole program.
 *
 * <p>Never shipped.
 */
@NullMarked
package io.millrace.testing;

import org.jspecify.annotations.NullMarked;
