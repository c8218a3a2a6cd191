/**
 * From a query string to a question about a view, to its answer, to JSON or CSV. Knows nothing of
 * HTTP servers.
 */
@NullMarked
package io.millrace.query.answer;

import org.jspecify.annotations.NullMarked;
