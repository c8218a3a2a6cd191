/**
 * A real Kafka on this machine: one or three KRaft brokers, each in a JVM of its own, started,
 * watched and stopped by this process.
 *
 * <p>{@link io.millrace.server.broker.LocalKafka} is the way in; {@link
 * io.millrace.server.broker.BrokerMain} is what runs in the broker's process.
 */
@NullMarked
package io.millrace.server.broker;

import org.jspecify.annotations.NullMarked;
