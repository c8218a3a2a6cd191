package io.millrace.streams.backfill;

import io.millrace.model.PublishedSession;
import io.millrace.model.Session;
import io.millrace.model.SessionNumber;
import io.millrace.views.SessionChange;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Decides what each record of the topic of sessions contributes to the past of a view. Belongs to
 * one thread.
 *
 * <p>A record takes back what the one that it replaces has added. That one came from the same
 * partition of click-events, and stands before it in the same partition of the topic; unless
 * retention has deleted it, which its number tells: those of a partition only grow, so it is below
 * the first of them that was met.
 *
 * <pre>
 *   number    11   12 │ 13   14   15   16
 *   session    a    b │  c    d    c    a
 *             deleted │            │    └ replaces 11: is added, and takes nothing back
 *                                  └ replaces 13: takes that back, and is added
 * </pre>
 */
final class PastSessions {
  /** In the place of a partition of click-events: the oldest record has no number. */
  private static final int UNNUMBERED = -1;

  private final Map<Integer, Long> starts;

  /** By partition of the topic, the first number that was met of each partition of click-events. */
  private final Map<Integer, Map<Integer, Long>> firsts = new HashMap<>();

  /**
   * The past of a view.
   *
   * @param starts of each partition of click-events, the number of the first record that is not of
   *     the past
   */
  PastSessions(Map<Integer, Long> starts) {
    this.starts = Map.copyOf(starts);
  }

  /**
   * What a record changes; empty for one that is not of the past. All records of a partition of the
   * topic are to be asked for, in their order.
   */
  Optional<SessionChange> changeBy(RecordedSession record) {
    Map<Integer, Long> met = firstsOf(record.partition());
    if (record.number().isEmpty()) {
      if (met.isEmpty()) {
        met.put(UNNUMBERED, PublishedSession.UNNUMBERED);
      }
      return changeBy(record.session(), Optional.empty());
    }
    SessionNumber number = record.number().get();
    long first = met.computeIfAbsent(number.partition(), partition -> number.number());
    if (!isPast(number)) {
      return Optional.empty();
    }
    if (record.replaced().isEmpty()) {
      return changeBy(record.session(), Optional.empty());
    }
    PublishedSession replaced = record.replaced().get();
    boolean wasMet = replaced.number() >= first || met.containsKey(UNNUMBERED);
    return wasMet
        ? changeBy(record.session(), Optional.of(replaced.session()))
        : added(record.session());
  }

  private boolean isPast(SessionNumber number) {
    Long start = starts.get(number.partition());
    if (start == null) {
      throw new IllegalStateException(
          "the view has not begun in partition " + number.partition() + " of click-events");
    }
    return number.number() < start;
  }

  private static Optional<SessionChange> changeBy(Session session, Optional<Session> replaced) {
    if (replaced.isPresent()) {
      return Optional.of(
          session.mergedInto().isEmpty()
              ? SessionChange.grown(replaced.get(), session)
              : SessionChange.gone(replaced.get()));
    }
    // What a later one would have to take back is not known: it stays as it was written first.
    return session.revision() == 1 ? added(session) : Optional.empty();
  }

  private static Optional<SessionChange> added(Session session) {
    return session.mergedInto().isEmpty()
        ? Optional.of(SessionChange.opened(session))
        : Optional.empty();
  }

  private Map<Integer, Long> firstsOf(int partition) {
    return firsts.computeIfAbsent(partition, any -> new TreeMap<>());
  }

  /** What is to be remembered of a partition of the topic, to go on later from there. */
  String memory(int partition) {
    return firstsOf(partition).entrySet().stream()
        .map(first -> first.getKey() + "=" + first.getValue())
        .collect(Collectors.joining(","));
  }

  /** Goes on with what {@link #memory} said. */
  void resume(int partition, String memory) {
    for (String first : memory.split(",", -1)) {
      int sign = first.indexOf('=');
      if (sign > 0) {
        firstsOf(partition)
            .put(
                Integer.parseInt(first.substring(0, sign)),
                Long.parseLong(first.substring(sign + 1)));
      }
    }
  }
}
