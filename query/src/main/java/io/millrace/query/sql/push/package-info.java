/**
 * Push queries: those that end with {@code EMIT CHANGES}, whose rows come as long as somebody reads
 * them. What is waiting for a reader is bounded, and a reader never waits for another.
 */
@NullMarked
package io.millrace.query.sql.push;

import org.jspecify.annotations.NullMarked;
