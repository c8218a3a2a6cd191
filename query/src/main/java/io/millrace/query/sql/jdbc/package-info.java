/** The wire protocol of Apache Calcite Avatica, by which tools ask in SQL through JDBC. */
@NullMarked
package io.millrace.query.sql.jdbc;

import org.jspecify.annotations.NullMarked;
