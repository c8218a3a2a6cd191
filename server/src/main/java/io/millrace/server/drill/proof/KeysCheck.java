package io.millrace.server.drill.proof;

import io.millrace.model.Outcome;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Visitors and pages: for each, the number and the sum of the ids that are counted, by what was
 * sent and got into the log on one side and by the lane of counted events on the other.
 */
final class KeysCheck {
  private KeysCheck() {}

  static Finding examine(String check, Evidence evidence) {
    Map<String, LedgerEntry> sent = new HashMap<>();
    evidence.ledger().forEach(entry -> sent.put(entry.id(), entry));
    Map<String, IdSum> expected = new HashMap<>();
    for (LoggedEvent event : evidence.log()) {
      LedgerEntry entry = sent.get(event.id());
      if (entry != null && evidence.judgements().get(event.place()) == Outcome.COUNTED) {
        add(expected, entry.id(), entry.contents());
      }
    }
    Map<String, IdSum> found = new HashMap<>();
    for (LaneEntry entry : evidence.lanes()) {
      if (entry.outcome() == Outcome.COUNTED && sent.containsKey(entry.id())) {
        add(found, entry.id(), entry.contents());
      }
    }
    return compared(check, expected, found);
  }

  /** Events without the client's own id of their visitor stand together. */
  private static void add(Map<String, IdSum> sums, String id, EventContents contents) {
    String visitor = contents.site() + '/' + contents.visitor();
    sums.merge("visitor " + visitor, IdSum.ZERO.plus(id), (sum, one) -> sum.plus(id));
    sums.merge("page " + contents.url(), IdSum.ZERO.plus(id), (sum, one) -> sum.plus(id));
  }

  private static Finding compared(
      String check, Map<String, IdSum> expected, Map<String, IdSum> found) {
    Set<String> keys = new HashSet<>(expected.keySet());
    keys.addAll(found.keySet());
    List<String> examples = new ArrayList<>();
    long wrong = 0;
    for (String key : keys) {
      IdSum right = expected.getOrDefault(key, IdSum.ZERO);
      IdSum other = found.getOrDefault(key, IdSum.ZERO);
      if (!right.equals(other)) {
        wrong++;
        examples.add("%s has %s, must have %s".formatted(key, other, right));
      }
    }
    return new Finding(
        check, keys.size(), "%,d visitors and pages".formatted(keys.size()), 0, 0, wrong, examples);
  }
}
