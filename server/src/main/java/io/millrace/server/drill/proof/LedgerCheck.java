package io.millrace.server.drill.proof;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Ledger against log. An event that was sent again because its answer was lost may be in the log
 * twice: the outcomes must tell.
 */
final class LedgerCheck {
  private LedgerCheck() {}

  static Finding examine(String check, Evidence evidence) {
    Map<String, LedgerEntry> sent = new HashMap<>();
    evidence.ledger().forEach(entry -> sent.put(entry.id(), entry));
    Set<String> logged = new HashSet<>();
    var examples = new ArrayList<String>();
    long wrong = 0;
    for (LoggedEvent event : evidence.log()) {
      LedgerEntry entry = sent.get(event.id());
      if (entry == null && !event.id().isEmpty()) {
        wrong++;
        examples.add("never sent: " + event);
      } else if (entry != null && !isSame(entry, event)) {
        wrong++;
        examples.add("sent as " + entry + ", logged as " + event);
      } else if (entry != null) {
        logged.add(event.id());
      }
    }
    IdSum acknowledged = IdSum.ZERO;
    IdSum found = IdSum.ZERO;
    for (LedgerEntry entry : evidence.ledger()) {
      if (entry.isAcknowledged()) {
        acknowledged = acknowledged.plus(entry.id());
        if (logged.contains(entry.id())) {
          found = found.plus(entry.id());
        } else {
          examples.add("acknowledged and not in the log: " + entry);
        }
      }
    }
    return new Finding(
        check,
        acknowledged.count(),
        "acknowledged " + acknowledged + "; of these in the log " + found,
        acknowledged.count() - found.count(),
        0,
        wrong,
        List.copyOf(examples));
  }

  private static boolean isSame(LedgerEntry entry, LoggedEvent event) {
    return entry.contents().equals(event.contents());
  }
}
