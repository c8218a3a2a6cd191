package io.millrace.views;

import io.millrace.model.Outcome;
import io.millrace.model.PartitionBooks;
import io.millrace.model.cell.Cell;
import io.millrace.model.cell.CellKey;
import io.millrace.model.cell.Grain;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * Reads the account of each partition of click-events from the view {@link BuiltInViews#BOOKS}.
 *
 * <p>An account's offset and its outcomes travel and are merged together, so at any moment the
 * outcomes must add up to the offset, and it can be checked while events keep coming.
 */
public final class Books {
  private static final int ACCOUNTED_THROUGH = 0;
  private static final int RECEIVED_THROUGH = 1;
  private static final int FIRST_OUTCOME = 2;

  private final CellReader cells;

  public Books(CellReader cells) {
    this.cells = cells;
  }

  /**
   * The accounts by partition; a partition without any event yet is left out.
   *
   * @throws CellsUnavailableException while the cells cannot be read
   */
  public Map<Integer, PartitionBooks> read() {
    var books = new TreeMap<Integer, PartitionBooks>();
    cells.scan(
        BuiltInViews.BOOKS,
        Grain.ALL,
        "",
        0,
        1,
        (key, cell) -> {
          PartitionBooks account = account(key, cell);
          books.put(account.partition(), account);
        });
    return books;
  }

  private static PartitionBooks account(CellKey key, Cell cell) {
    var outcomes = new EnumMap<Outcome, Long>(Outcome.class);
    for (Outcome outcome : Outcome.values()) {
      outcomes.put(outcome, cell.value(FIRST_OUTCOME + outcome.ordinal()).longValue());
    }
    return new PartitionBooks(
        Integer.parseInt(key.dimensions().getFirst()),
        cell.value(ACCOUNTED_THROUGH).longValue(),
        cell.value(RECEIVED_THROUGH).longValue(),
        outcomes);
  }
}
