package io.millrace.views;

import io.millrace.model.Outcome;
import io.millrace.model.PartitionBooks;
import io.millrace.model.cell.Cell;
import io.millrace.model.cell.CellKey;
import io.millrace.model.cell.Grain;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
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
  private static final int OFFSET_SUM = 2;
  private static final int FIRST_OUTCOME = 3;

  private final CellReader cells;
  private final int rollupPartitions;

  /**
   * Books that are kept in so many places.
   *
   * @param rollupPartitions how many partitions of cells there are; each has an account of every
   *     partition of clicks
   */
  public Books(CellReader cells, int rollupPartitions) {
    this.cells = cells;
    this.rollupPartitions = rollupPartitions;
  }

  /**
   * The accounts by partition; a partition without any event yet is left out. Of the accounts that
   * the partitions of cells have of one partition of clicks, the worst is told: one that does not
   * add up, or else the one furthest behind.
   *
   * @throws CellsUnavailableException while the cells cannot be read
   */
  public Map<Integer, PartitionBooks> read() {
    var accounts = new TreeMap<Integer, List<PartitionBooks>>();
    cells.scan(
        BuiltInViews.BOOKS,
        Grain.ALL,
        "",
        0,
        1,
        (key, cell) -> {
          PartitionBooks account = account(key, cell);
          accounts
              .computeIfAbsent(account.partition(), partition -> new ArrayList<>())
              .add(account);
        });
    var books = new TreeMap<Integer, PartitionBooks>();
    accounts.forEach((partition, found) -> books.put(partition, worst(partition, found)));
    return books;
  }

  private PartitionBooks worst(int partition, List<PartitionBooks> accounts) {
    for (PartitionBooks account : accounts) {
      if (!account.addsUp()) {
        return account;
      }
    }
    if (accounts.size() < rollupPartitions) {
      return PartitionBooks.empty(partition);
    }
    return Collections.min(accounts, Comparator.comparingLong(PartitionBooks::accountedThrough));
  }

  private static PartitionBooks account(CellKey key, Cell cell) {
    var outcomes = new EnumMap<Outcome, Long>(Outcome.class);
    for (Outcome outcome : Outcome.values()) {
      outcomes.put(outcome, cell.value(FIRST_OUTCOME + outcome.ordinal()));
    }
    return new PartitionBooks(
        Integer.parseInt(key.dimensions().getFirst()),
        cell.value(ACCOUNTED_THROUGH),
        cell.value(RECEIVED_THROUGH),
        cell.value(OFFSET_SUM),
        outcomes);
  }
}
