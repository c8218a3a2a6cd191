package io.millrace.ops.doctor;

import java.util.Map;
import java.util.Optional;

/**
 * What is known of a broker.
 *
 * @param settings by Kafka's names; empty where they may not be read
 */
public record BrokerFacts(
    int id, String address, Optional<String> rack, Map<String, String> settings) {

  public BrokerFacts {
    settings = Map.copyOf(settings);
  }
}
