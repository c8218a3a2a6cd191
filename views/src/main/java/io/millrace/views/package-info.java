/**
 * View definitions as data, the arithmetic that turns clicks into cells, and the readers that
 * answer from cells.
 *
 * <p>Declares what a query needs; the streams module implements it.
 */
@NullMarked
package io.millrace.views;

import org.jspecify.annotations.NullMarked;
