/**
 * The Kafka Streams application: topics to topics and stores.
 *
 * <p>Thin adapters around pure decisions, which live in its sub-packages and in views.
 */
@NullMarked
package io.millrace.streams;

import org.jspecify.annotations.NullMarked;
