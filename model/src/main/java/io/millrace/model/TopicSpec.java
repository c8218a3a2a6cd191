package io.millrace.model;

import java.util.Map;

/**
 * What a topic must be like.
 *
 * @param settings topic configuration by Kafka's names
 */
public record TopicSpec(
    String name, int partitions, short replicationFactor, Map<String, String> settings) {

  public TopicSpec {
    settings = Map.copyOf(settings);
  }
}
