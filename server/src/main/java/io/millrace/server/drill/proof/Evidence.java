package io.millrace.server.drill.proof;

import io.millrace.model.Outcome;
import io.millrace.model.SourceOffset;
import io.millrace.model.cell.CellKey;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Everything that the checks compare, once nothing is on its way any more.
 *
 * @param ledger what the client knows
 * @param log what was appended to click-events since the ledger was begun
 * @param judgements which outcome each of these records must have
 * @param lanes what became of them
 * @param books of all partitions, at the beginning and now
 * @param expectedCells of all built-in views, as far as they are of the ledger's sites
 * @param answer the same as a processor answers queries
 */
public record Evidence(
    List<LedgerEntry> ledger,
    List<LoggedEvent> log,
    Map<SourceOffset, Outcome> judgements,
    List<LaneEntry> lanes,
    BooksSpan books,
    Map<CellKey, Map<String, BigDecimal>> expectedCells,
    ViewsAnswer answer) {

  public Evidence {
    ledger = List.copyOf(ledger);
    log = List.copyOf(log);
    // Not Map.copyOf, which searches long for keys whose hashes follow each other.
    judgements = Collections.unmodifiableMap(new HashMap<>(judgements));
    lanes = List.copyOf(lanes);
    expectedCells = Map.copyOf(expectedCells);
  }

  Evidence withLedger(List<LedgerEntry> other) {
    return new Evidence(other, log, judgements, lanes, books, expectedCells, answer);
  }

  Evidence withLog(List<LoggedEvent> other) {
    return new Evidence(ledger, other, judgements, lanes, books, expectedCells, answer);
  }

  Evidence withJudgements(Map<SourceOffset, Outcome> other) {
    return new Evidence(ledger, log, other, lanes, books, expectedCells, answer);
  }

  Evidence withLanes(List<LaneEntry> other) {
    return new Evidence(ledger, log, judgements, other, books, expectedCells, answer);
  }

  Evidence withBooks(BooksSpan other) {
    return new Evidence(ledger, log, judgements, lanes, other, expectedCells, answer);
  }

  /** The same with what the views answer. */
  public Evidence withAnswer(ViewsAnswer other) {
    return new Evidence(ledger, log, judgements, lanes, books, expectedCells, other);
  }
}
