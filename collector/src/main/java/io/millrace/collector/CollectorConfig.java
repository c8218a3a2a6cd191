package io.millrace.collector;

import io.millrace.collector.event.EventLimits;
import io.millrace.collector.sender.TrustedProxies;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * How the collector behaves. In the configuration each component is written lower-dashed, such as
 * {@code max-event-bytes}; {@link #DEFAULTS} holds every default.
 *
 * @param eventsPath {@code events-path}: where events are posted to
 * @param pixelPath {@code pixel-path}: the image that reports a page to clients without scripts
 * @param scriptPath {@code script-path}: the browser tracker
 * @param maxEventBytes {@code max-event-bytes}: of one event's JSON
 * @param maxRequestBytes {@code max-request-bytes}: of a body, both as sent and inflated
 * @param maxEvents {@code max-events}: of one request
 * @param bodyTimeout {@code body-timeout}: how long a client may take to send its body before the
 *     connection is cut
 * @param answerTimeout {@code answer-timeout}: how long after that the answer may wait for the log;
 *     then it is 503
 * @param bufferMemory {@code buffer-memory}: bytes that may wait for the brokers
 * @param maxInFlightBytes {@code max-in-flight-bytes}: of all bodies being held at once, and 24 KiB
 *     for each that has come; beyond it the answer is 503
 * @param retryAfter {@code retry-after}: what a 503 tells clients to wait, in whole seconds
 * @param trustedProxies {@code trusted-proxies}: addresses and blocks, separated by commas, whose
 *     {@code X-Forwarded-For} is believed
 * @param maxFuture {@code max-future}: how far ahead of this clock an event may claim to be
 * @param maxRequestsPerAddress {@code max-requests-per-address}: a second, ten times as many at
 *     once; 0 for any number. Programs on this machine may send any number
 * @param maxEventsPerKey {@code max-events-per-key}: a second, ten times as many at once; 0 for any
 *     number
 */
public record CollectorConfig(
    String eventsPath,
    String pixelPath,
    String scriptPath,
    int maxEventBytes,
    int maxRequestBytes,
    int maxEvents,
    Duration bodyTimeout,
    Duration answerTimeout,
    long bufferMemory,
    long maxInFlightBytes,
    Duration retryAfter,
    TrustedProxies trustedProxies,
    Duration maxFuture,
    int maxRequestsPerAddress,
    int maxEventsPerKey) {
  private static final Pattern PATH = Pattern.compile("(/[A-Za-z0-9._~-]+)+");

  public static final CollectorConfig DEFAULTS =
      new CollectorConfig(
          "/v1/events",
          "/v1/pixel.gif",
          "/millrace.js",
          32 * 1024,
          500 * 1024,
          2_500,
          Duration.ofSeconds(8),
          Duration.ofMillis(3_800),
          32L * 1024 * 1024,
          32L * 1024 * 1024,
          Duration.ofSeconds(2),
          TrustedProxies.NONE,
          Duration.ofMinutes(5),
          200,
          0);

  public CollectorConfig {
    requirePath("events-path", eventsPath);
    requirePath("pixel-path", pixelPath);
    requirePath("script-path", scriptPath);
    require(maxEventBytes >= 1, "max-event-bytes", "at least 1", maxEventBytes);
    require(
        maxRequestBytes >= maxEventBytes,
        "max-request-bytes",
        "at least max-event-bytes",
        maxRequestBytes);
    require(maxEvents >= 1, "max-events", "at least 1", maxEvents);
    require(bodyTimeout.toMillis() >= 1, "body-timeout", "more than 0", bodyTimeout);
    require(answerTimeout.toMillis() >= 1_000, "answer-timeout", "at least 1 s", answerTimeout);
    require(bufferMemory >= 1024 * 1024, "buffer-memory", "at least 1,048,576 bytes", bufferMemory);
    require(
        maxInFlightBytes >= 2L * maxRequestBytes,
        "max-in-flight-bytes",
        "at least twice max-request-bytes",
        maxInFlightBytes);
    require(retryAfter.toSeconds() >= 1, "retry-after", "at least 1 s", retryAfter);
    require(!maxFuture.isNegative(), "max-future", "0 or more", maxFuture);
    require(
        maxRequestsPerAddress >= 0, "max-requests-per-address", "0 or more", maxRequestsPerAddress);
    require(maxEventsPerKey >= 0, "max-events-per-key", "0 or more", maxEventsPerKey);
  }

  /**
   * The defaults, changed by settings with lower-dashed keys.
   *
   * @throws IllegalArgumentException with every problem on a line of its own
   */
  public static CollectorConfig of(Map<String, String> settings) {
    return new CollectorSettings(settings).read();
  }

  EventLimits eventLimits() {
    return new EventLimits(maxEventBytes, maxRequestBytes, maxEvents);
  }

  private static void requirePath(String key, String path) {
    require(PATH.matcher(path).matches(), key, "a path such as /v1/events", path);
  }

  private static void require(boolean valid, String key, String expected, Object value) {
    if (!valid) {
      throw new IllegalArgumentException(key + ": expected " + expected + ", got " + value);
    }
  }
}
