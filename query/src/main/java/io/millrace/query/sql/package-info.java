/**
 * Queries in SQL over the views. Calcite parses, checks, plans and computes; what is ours is how a
 * view is read, what its sketches are, and how much a query may take. No other package of the
 * module imports Calcite, and nothing of it is loaded before the first query.
 */
@NullMarked
package io.millrace.query.sql;

import org.jspecify.annotations.NullMarked;
