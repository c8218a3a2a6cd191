package io.millrace.server.traffic;

import java.util.EnumMap;
import java.util.Map;

/**
 * What a generator has done so far, by what events were meant to become.
 *
 * @param sent given to the sender
 * @param accepted acknowledged by the collector
 * @param refused by the collector
 * @param notMade events that the rate asked for but that were never made, because the collector
 *     could not follow
 */
public record TrafficTally(
    Map<TrafficKind, Long> sent,
    Map<TrafficKind, Long> accepted,
    Map<TrafficKind, Long> refused,
    long notMade) {

  public TrafficTally {
    sent = complete(sent);
    accepted = complete(accepted);
    refused = complete(refused);
  }

  public long sentTotal() {
    return total(sent);
  }

  public long acceptedTotal() {
    return total(accepted);
  }

  public long refusedTotal() {
    return total(refused);
  }

  private static long total(Map<TrafficKind, Long> counts) {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }

  private static Map<TrafficKind, Long> complete(Map<TrafficKind, Long> counts) {
    var complete = new EnumMap<TrafficKind, Long>(TrafficKind.class);
    for (TrafficKind kind : TrafficKind.values()) {
      complete.put(kind, counts.getOrDefault(kind, 0L));
    }
    return Map.copyOf(complete);
  }
}
