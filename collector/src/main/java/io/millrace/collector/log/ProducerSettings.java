package io.millrace.collector.log;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.producer.ProducerConfig;

/**
 * The producer's settings: what the collector promises, and how soon it gives up.
 *
 * <p>The time limits nest: a request to a broker ends before a record's delivery does, and that
 * before the HTTP request's patience (3.8 s), so that a client is told 503 rather than left waiting
 * and the memory of what could not be written is free again.
 */
final class ProducerSettings {
  /** How long one send may wait for metadata or memory. */
  static final Duration MAX_BLOCK = Duration.ofMillis(500);

  static final Duration DELIVERY_TIMEOUT = Duration.ofMillis(3_400);
  private static final int REQUEST_TIMEOUT_MILLIS = 1_500;
  private static final int LINGER_MILLIS = 5;
  private static final int BATCH_BYTES = 64 * 1024;

  private ProducerSettings() {}

  static Map<String, Object> of(Map<String, Object> client, long bufferMemory) {
    var settings = new HashMap<>(client);
    settings.put(ProducerConfig.ACKS_CONFIG, "all");
    settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    settings.put(ProducerConfig.RETRIES_CONFIG, Integer.MAX_VALUE);
    settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, MAX_BLOCK.toMillis());
    settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, (int) DELIVERY_TIMEOUT.toMillis());
    settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, REQUEST_TIMEOUT_MILLIS);
    settings.put(ProducerConfig.LINGER_MS_CONFIG, LINGER_MILLIS);
    settings.put(ProducerConfig.BATCH_SIZE_CONFIG, BATCH_BYTES);
    settings.put(ProducerConfig.BUFFER_MEMORY_CONFIG, bufferMemory);
    settings.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
    settings.put(ProducerConfig.SOCKET_CONNECTION_SETUP_TIMEOUT_MS_CONFIG, 1_500);
    settings.put(ProducerConfig.SOCKET_CONNECTION_SETUP_TIMEOUT_MAX_MS_CONFIG, 3_000);
    settings.put(ProducerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 200);
    settings.put(ProducerConfig.RETRY_BACKOFF_MAX_MS_CONFIG, 200);
    settings.put(ProducerConfig.METADATA_MAX_AGE_CONFIG, 30_000);
    settings.put(CommonClientConfigs.METADATA_RECOVERY_STRATEGY_CONFIG, "rebootstrap");
    settings.put(CommonClientConfigs.METADATA_RECOVERY_REBOOTSTRAP_TRIGGER_MS_CONFIG, 10_000);
    return Map.copyOf(settings);
  }
}
