package io.millrace.server.drill.load;

import io.millrace.server.drill.proof.LedgerEntry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What a client knows: which events it sent, how often, and when each was acknowledged; and how
 * long answers took. Safe for any number of threads.
 */
public final class Ledger {
  private final Map<String, LedgerEntry> entries = new ConcurrentHashMap<>();
  private final Answers answers = new Answers();

  /** Every event that was sent. */
  public List<LedgerEntry> entries() {
    return new ArrayList<>(entries.values());
  }

  public AnswerTally tally() {
    return answers.tally();
  }

  public long acknowledged() {
    return entries.values().stream().filter(LedgerEntry::isAcknowledged).count();
  }

  /** What waits for an acknowledgement, as of a moment in milliseconds since 1970. */
  public Unacknowledged unacknowledged(long now) {
    List<LedgerEntry> waiting =
        entries.values().stream().filter(entry -> !entry.isAcknowledged()).toList();
    long first = waiting.stream().mapToLong(LedgerEntry::sentAt).min().orElse(now);
    return new Unacknowledged(waiting.size(), Duration.ofMillis(Math.max(0, now - first)));
  }

  void sent(Collection<PlannedEvent> events) {
    sent(events, 1);
  }

  /**
   * Notes that events go out.
   *
   * @param allowed how often each may be counted from now on
   */
  void sent(Collection<PlannedEvent> events, int allowed) {
    long now = System.currentTimeMillis();
    for (PlannedEvent event : events) {
      entries.merge(
          event.id(),
          new LedgerEntry(event.id(), event.contents(), allowed, 1, now, 0),
          (before, first) -> before.again(allowed));
    }
  }

  void acknowledged(Collection<PlannedEvent> events, long at) {
    for (PlannedEvent event : events) {
      entries.computeIfPresent(event.id(), (id, entry) -> entry.acknowledged(at));
    }
  }

  /** Notes an answer, or that none came. */
  void answered(Answer answer, Duration after) {
    answers.add(answer, after);
  }
}
