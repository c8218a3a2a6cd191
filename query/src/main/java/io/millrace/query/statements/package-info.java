/** Statements of every kind: queries, and those that define views or tell of them. */
@NullMarked
package io.millrace.query.statements;

import org.jspecify.annotations.NullMarked;
