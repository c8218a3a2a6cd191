/**
 * What an operator does to a cluster: topics, lag, the audit of the books.
 *
 * <p>Speaks to Kafka through its Admin client alone.
 */
@NullMarked
package io.millrace.ops;

import org.jspecify.annotations.NullMarked;
