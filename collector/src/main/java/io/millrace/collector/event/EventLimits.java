package io.millrace.collector.event;

/**
 * How much one request may ask for.
 *
 * @param maxEventBytes of one event's JSON
 * @param maxRequestBytes of a request's body, after inflating
 * @param maxEvents of a request
 */
public record EventLimits(int maxEventBytes, int maxRequestBytes, int maxEvents) {
  public EventLimits {
    requirePositive("max-event-bytes", maxEventBytes);
    requirePositive("max-request-bytes", maxRequestBytes);
    requirePositive("max-events", maxEvents);
  }

  private static void requirePositive(String key, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(key + ": expected at least 1, got " + value);
    }
  }
}
