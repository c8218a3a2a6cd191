/**
 * Views from SQL: what a statement says becomes a {@link io.millrace.views.ViewPlan}, whose
 * expressions are bytecode. Parsing, checking and code come from Apache Calcite.
 */
@NullMarked
package io.millrace.views.sql;

import org.jspecify.annotations.NullMarked;
