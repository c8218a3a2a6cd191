/**
 * Takes events over HTTP and acknowledges them only after Kafka has.
 *
 * <p>Knows the model and Kafka's producer, nothing of what happens to an event later.
 */
@NullMarked
package io.millrace.collector;

import org.jspecify.annotations.NullMarked;
