package io.millrace.server.sender;

import java.net.URI;
import java.time.Duration;

/**
 * Where events go and how they are packed.
 *
 * @param collector its base URI, such as {@code http://127.0.0.1:8080}
 * @param eventsPath where it takes events
 * @param key the write key's secret
 * @param maxEvents in one request; the collector takes 2,500
 * @param maxBytes of one request before compression; the collector takes 500 KB
 * @param gzip whether to compress, which pays on a network but not on the same machine
 * @param retry how long and how often a request is tried
 * @param answerTimeout how long one try may wait for its answer
 */
public record SenderConfig(
    URI collector,
    String eventsPath,
    String key,
    int maxEvents,
    int maxBytes,
    boolean gzip,
    RetryPolicy retry,
    Duration answerTimeout) {

  public SenderConfig {
    if (!"http".equals(collector.getScheme()) && !"https".equals(collector.getScheme())) {
      throw new IllegalArgumentException("collector: \"" + collector + "\" is not an HTTP URI");
    }
    if (collector.getHost() == null) {
      throw new IllegalArgumentException("collector: \"" + collector + "\" names no host");
    }
    if (key.isBlank()) {
      throw new IllegalArgumentException("key: a write key is needed");
    }
    if (maxEvents < 1 || maxEvents > 2_500) {
      throw new IllegalArgumentException("maxEvents: " + maxEvents + " is not 1 to 2500");
    }
    if (maxBytes < 1_000 || maxBytes > 500_000) {
      throw new IllegalArgumentException("maxBytes: " + maxBytes + " is not 1000 to 500000");
    }
    if (!answerTimeout.isPositive()) {
      throw new IllegalArgumentException("answerTimeout: " + answerTimeout + " is not positive");
    }
  }

  /** For a collector on this machine, and patient for two minutes. */
  public static SenderConfig to(URI collector, String key) {
    return new SenderConfig(
        collector,
        "/v1/events",
        key,
        1_000,
        400_000,
        false,
        RetryPolicy.DEFAULT,
        Duration.ofSeconds(30));
  }

  public SenderConfig withRetry(RetryPolicy other) {
    return new SenderConfig(
        collector, eventsPath, key, maxEvents, maxBytes, gzip, other, answerTimeout);
  }

  public SenderConfig withEventsPath(String other) {
    return new SenderConfig(collector, other, key, maxEvents, maxBytes, gzip, retry, answerTimeout);
  }

  public SenderConfig withGzip(boolean other) {
    return new SenderConfig(
        collector, eventsPath, key, maxEvents, maxBytes, other, retry, answerTimeout);
  }

  public SenderConfig withMaxEvents(int other) {
    return new SenderConfig(
        collector, eventsPath, key, other, maxBytes, gzip, retry, answerTimeout);
  }

  /** Without the key, which is a secret. */
  @Override
  public String toString() {
    return "SenderConfig[" + collector + ", maxEvents=" + maxEvents + ", gzip=" + gzip + ']';
  }
}
