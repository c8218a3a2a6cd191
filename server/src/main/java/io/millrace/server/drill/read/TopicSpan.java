package io.millrace.server.drill.read;

import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/**
 * A part of some topics, from one moment to another.
 *
 * @param from the first offsets
 * @param to the first that are no longer in it
 */
public record TopicSpan(Map<TopicPartition, Long> from, Map<TopicPartition, Long> to) {

  public TopicSpan {
    from = Map.copyOf(from);
    to = Map.copyOf(to);
  }
}
