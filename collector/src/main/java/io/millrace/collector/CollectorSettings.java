package io.millrace.collector;

import io.millrace.collector.sender.AddressBlock;
import io.millrace.collector.sender.TrustedProxies;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Reads {@link CollectorConfig} from text, and reports all problems at once. Used by one thread,
 * once.
 */
final class CollectorSettings {
  private final Map<String, String> unread;
  private final List<String> problems = new ArrayList<>();

  CollectorSettings(Map<String, String> settings) {
    unread = new TreeMap<>(settings);
  }

  CollectorConfig read() {
    CollectorConfig defaults = CollectorConfig.DEFAULTS;
    String eventsPath = setting("events-path", defaults.eventsPath(), Function.identity());
    String pixelPath = setting("pixel-path", defaults.pixelPath(), Function.identity());
    String scriptPath = setting("script-path", defaults.scriptPath(), Function.identity());
    int eventBytes = setting("max-event-bytes", defaults.maxEventBytes(), Integer::parseInt);
    int requestBytes = setting("max-request-bytes", defaults.maxRequestBytes(), Integer::parseInt);
    int events = setting("max-events", defaults.maxEvents(), Integer::parseInt);
    Duration body = setting("body-timeout", defaults.bodyTimeout(), CollectorSettings::duration);
    Duration answer =
        setting("answer-timeout", defaults.answerTimeout(), CollectorSettings::duration);
    long buffer = setting("buffer-memory", defaults.bufferMemory(), Long::parseLong);
    long inFlight = setting("max-in-flight-bytes", defaults.maxInFlightBytes(), Long::parseLong);
    Duration retry = setting("retry-after", defaults.retryAfter(), CollectorSettings::duration);
    TrustedProxies proxies =
        setting("trusted-proxies", defaults.trustedProxies(), CollectorSettings::proxies);
    Duration future = setting("max-future", defaults.maxFuture(), CollectorSettings::duration);
    int requestsPerAddress =
        setting("max-requests-per-address", defaults.maxRequestsPerAddress(), Integer::parseInt);
    int eventsPerKey = setting("max-events-per-key", defaults.maxEventsPerKey(), Integer::parseInt);
    unread.keySet().forEach(key -> problems.add(key + ": the collector has no such setting"));
    throwIfAny();
    return new CollectorConfig(
        eventsPath,
        pixelPath,
        scriptPath,
        eventBytes,
        requestBytes,
        events,
        body,
        answer,
        buffer,
        inFlight,
        retry,
        proxies,
        future,
        requestsPerAddress,
        eventsPerKey);
  }

  private void throwIfAny() {
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(String.join("\n", problems));
    }
  }

  private <T> T setting(String key, T fallback, Function<String, T> reading) {
    String text = unread.remove(key);
    if (text == null) {
      return fallback;
    }
    try {
      return reading.apply(text.strip());
    } catch (NumberFormatException notANumber) {
      problems.add(key + ": expected a whole number, got \"" + text + '"');
    } catch (IllegalArgumentException | DateTimeParseException unreadable) {
      problems.add(key + ": " + unreadable.getMessage());
    }
    return fallback;
  }

  /** ISO-8601 ({@code PT3.8S}), its {@code PT} left out or not: {@code 3.8s}, {@code 5m}. */
  private static Duration duration(String text) {
    return Duration.parse(text.regionMatches(true, 0, "P", 0, 1) ? text : "PT" + text);
  }

  private static TrustedProxies proxies(String text) {
    return new TrustedProxies(
        Arrays.stream(text.split(",", -1))
            .map(String::strip)
            .filter(block -> !block.isEmpty())
            .map(AddressBlock::parse)
            .toList());
  }
}
