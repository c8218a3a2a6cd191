/**
 * Holds random views over random events against a database that has the same events: DuckDB, which
 * shares no code with Millrace.
 */
@NullMarked
package io.millrace.testing.oracle;

import org.jspecify.annotations.NullMarked;
