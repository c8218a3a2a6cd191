package io.millrace.server.traffic;

import io.millrace.server.sender.Delivery;
import io.millrace.server.sender.Refusal;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The counts behind a {@link TrafficTally}. Safe for use by several threads. */
final class TrafficCounts {
  private final Map<TrafficKind, Long> sent = new EnumMap<>(TrafficKind.class);
  private final Map<TrafficKind, Long> accepted = new EnumMap<>(TrafficKind.class);
  private final Map<TrafficKind, Long> refused = new EnumMap<>(TrafficKind.class);

  synchronized void add(List<SiteEvent> events, Delivery delivery) {
    long answered =
        delivery instanceof Delivery.Incomplete incomplete
            ? events.size() - incomplete.unanswered()
            : events.size();
    Set<Integer> refusals = new HashSet<>();
    for (Refusal refusal : delivery.refused()) {
      refusals.add(refusal.index());
    }
    for (int index = 0; index < events.size(); index++) {
      TrafficKind kind = events.get(index).kind();
      sent.merge(kind, 1L, Long::sum);
      if (index < answered) {
        (refusals.contains(index) ? refused : accepted).merge(kind, 1L, Long::sum);
      }
    }
  }

  synchronized TrafficTally tally(long notMade) {
    return new TrafficTally(sent, accepted, refused, notMade);
  }
}
