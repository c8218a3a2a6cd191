package io.millrace.server.drill.proof;

import io.millrace.model.Outcome;
import io.millrace.model.SourceOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Log against outcomes: the lanes together hold every record of the log once, with the outcome that
 * it must have, and no event is counted twice, not even for different visitors.
 */
final class OutcomesCheck {
  private OutcomesCheck() {}

  static Finding examine(String check, Evidence evidence) {
    Map<SourceOffset, List<LaneEntry>> bySource = new HashMap<>();
    evidence
        .lanes()
        .forEach(
            entry ->
                bySource.computeIfAbsent(entry.source(), source -> new ArrayList<>()).add(entry));
    var examples = new ArrayList<String>();
    long lost = 0;
    long doubled = 0;
    long wrong = 0;
    IdSum logged = IdSum.ZERO;
    for (LoggedEvent event : evidence.log()) {
      logged = logged.plus(event.id());
      List<LaneEntry> entries = bySource.getOrDefault(event.place(), List.of());
      if (entries.isEmpty()) {
        lost++;
        examples.add("no outcome: " + event);
      } else if (entries.size() > 1) {
        doubled += entries.size() - 1;
        examples.add("several outcomes: " + entries);
      } else if (!isRight(event, entries.getFirst(), evidence.judgements())) {
        wrong++;
        examples.add(
            "%s has %s, must have %s"
                .formatted(event, entries.getFirst(), evidence.judgements().get(event.place())));
      }
      bySource.remove(event.place());
    }
    wrong += bySource.size();
    bySource.values().forEach(entries -> examples.add("of no event: " + entries));
    IdSum accounted = IdSum.ZERO;
    Map<EventName, Integer> countable = countable(evidence);
    Map<String, Integer> allowed = new HashMap<>();
    evidence.ledger().forEach(entry -> allowed.put(entry.id(), entry.allowed()));
    for (LaneEntry entry : evidence.lanes()) {
      accounted = accounted.plus(entry.id());
      if (entry.outcome() == Outcome.COUNTED) {
        boolean isAgain = countable.merge(entry.name(), -1, Integer::sum) < 0;
        Integer left = allowed.computeIfPresent(entry.id(), (id, times) -> times - 1);
        if (isAgain || (left != null && left < 0)) {
          doubled++;
          examples.add("counted again: " + entry);
        }
      }
    }
    return new Finding(
        check,
        evidence.log().size(),
        "in the log " + logged + "; with an outcome " + accounted,
        lost,
        doubled,
        wrong,
        examples);
  }

  /** How often each event must be counted: again if it comes when it is no longer known. */
  private static Map<EventName, Integer> countable(Evidence evidence) {
    Map<EventName, Integer> countable = new HashMap<>();
    for (LoggedEvent event : evidence.log()) {
      if (evidence.judgements().get(event.place()) == Outcome.COUNTED) {
        countable.merge(event.name(), 1, Integer::sum);
      }
    }
    return countable;
  }

  private static boolean isRight(
      LoggedEvent event, LaneEntry entry, Map<SourceOffset, Outcome> judgements) {
    return entry.id().equals(event.id())
        && entry.contents().equals(event.contents())
        && entry.outcome() == judgements.get(event.place());
  }
}
