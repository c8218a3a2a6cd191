package io.millrace.bench.engine;

import java.util.Map;
import org.apache.kafka.clients.producer.ProducerConfig;

/** The producer settings that every contender has but the one that is to have Kafka's own. */
final class Tuning {
  static final Map<String, Object> PRODUCER =
      Map.of(
          ProducerConfig.COMPRESSION_TYPE_CONFIG,
          "lz4",
          ProducerConfig.BATCH_SIZE_CONFIG,
          128 << 10,
          ProducerConfig.LINGER_MS_CONFIG,
          50);

  private Tuning() {}
}
