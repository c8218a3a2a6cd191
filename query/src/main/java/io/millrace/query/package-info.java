/**
 * Answers questions over HTTP: views, live events, and the dashboard's files.
 *
 * <p>Sees cells only through the reader interfaces of the views module.
 */
@NullMarked
package io.millrace.query;

import org.jspecify.annotations.NullMarked;
