package io.millrace.streams.table;

import org.apache.kafka.common.Uuid;

/**
 * What tells whether a topic is still the same.
 *
 * @param id another one when it was deleted and made again
 */
record TopicFacts(Uuid id, int partitions) {}
