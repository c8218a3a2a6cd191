package io.millrace.server.drill.proof;

import io.millrace.model.Outcome;
import io.millrace.model.SourceOffset;
import io.millrace.model.cell.CellKey;
import io.millrace.model.cell.Grain;
import io.millrace.server.report.Audit;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Evidence in which everything is right: of four events, one of which was sent again. */
public final class EvidenceBuilder {
  static final String SITE = "shop";

  private EvidenceBuilder() {}

  public static Evidence right() {
    var ledger = new ArrayList<LedgerEntry>();
    var log = new ArrayList<LoggedEvent>();
    var lanes = new ArrayList<LaneEntry>();
    Map<SourceOffset, Outcome> judgements = new HashMap<>();
    for (int event = 0; event < 4; event++) {
      String visitor = "visitor-" + event % 2;
      ledger.add(new LedgerEntry("e-" + event, contents(event, visitor), 1, 1, 90, 100));
      append(event, "e-" + event, visitor, Outcome.COUNTED, log, lanes, judgements);
    }
    append(4, "e-3", "visitor-1", Outcome.DUPLICATE, log, lanes, judgements);
    var cells =
        Map.of(
            new CellKey("traffic", Grain.DAY, SITE, 0, List.of()),
            Map.of("events", BigDecimal.valueOf(4)));
    return new Evidence(
        ledger, log, judgements, lanes, books(), cells, ViewsAnswer.of("processor-1", rows(cells)));
  }

  private static EventContents contents(int event, String visitor) {
    return new EventContents(
        SITE, visitor, "http://shop/" + event, "page", 1_000 + event, "an agent", "");
  }

  static List<AnsweredCell> rows(Map<CellKey, Map<String, BigDecimal>> cells) {
    return cells.entrySet().stream()
        .map(cell -> new AnsweredCell(cell.getKey(), cell.getValue()))
        .toList();
  }

  /** Of which ten events were there before. */
  private static BooksSpan books() {
    return new BooksSpan(
        audit(account(10, Map.of(Outcome.COUNTED, 10L), true)),
        audit(account(15, Map.of(Outcome.COUNTED, 14L, Outcome.DUPLICATE, 1L), true)),
        Map.of(0, 15L));
  }

  static Audit audit(Audit.Partition account) {
    return new Audit(account.balanced(), "", 15, 15, 0, List.of(account));
  }

  static Audit.Partition account(long through, Map<Outcome, Long> outcomes, boolean balanced) {
    return new Audit.Partition(0, through, through, through, outcomes, 0, balanced);
  }

  private static void append(
      long offset,
      String id,
      String visitor,
      Outcome outcome,
      List<LoggedEvent> log,
      List<LaneEntry> lanes,
      Map<SourceOffset, Outcome> judgements) {
    var place = new SourceOffset(0, offset);
    EventContents contents = contents(Integer.parseInt(id.substring(2)), visitor);
    log.add(new LoggedEvent(place, id, contents));
    lanes.add(new LaneEntry(place, outcome, id, contents));
    judgements.put(place, outcome);
  }
}
