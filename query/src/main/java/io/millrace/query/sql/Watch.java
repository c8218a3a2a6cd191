package io.millrace.query.sql;

import io.millrace.query.answer.ScanBudget;
import io.millrace.query.error.QueryErrorCode;
import io.millrace.query.error.QueryException;
import org.apache.calcite.linq4j.AbstractEnumerable;
import org.apache.calcite.linq4j.Enumerable;
import org.apache.calcite.linq4j.Enumerator;
import org.jspecify.annotations.Nullable;

/**
 * Sees to it that one query stays within its limits. It looks at every row that goes from one step
 * of the plan to the next: a join of views with themselves can take hours without ever reading
 * another cell. Public for the code that Calcite generates. One thread computes; any may stop it.
 */
public final class Watch {
  private static final long BYTES_OF_A_TEXT = 56;

  private final SqlLimits limits;
  private final ScanBudget budget;
  private final QueryStop stop;
  private long held;
  private long heldText;

  Watch(SqlLimits limits, QueryStop stop) {
    this.limits = limits;
    this.stop = stop;
    budget = new ScanBudget(limits.maxCells(), limits.timeout());
  }

  /** Accounts for a cell that was read. */
  void cell() {
    requireGoing();
    budget.spend();
  }

  long cells() {
    return budget.cells();
  }

  /** Accounts for rows that are kept in memory until the query ends. */
  void hold(int rows) {
    held += rows;
    if (held > limits.maxRowsHeld()) {
      throw new QueryException(
          QueryErrorCode.QUERY_TOO_LARGE,
          "the query holds more than "
              + limits.maxRowsHeld()
              + " rows in memory; ask for a shorter span, filter by a dimension or group by fewer");
    }
  }

  /** Accounts for the texts of a row that is kept in memory until the query ends. */
  void holdTexts(@Nullable Object row) {
    holdText(textBytes(row));
  }

  /** Accounts for so many bytes of text; fewer than 0 where they are let go of. */
  void holdText(long bytes) {
    heldText += bytes;
    if (heldText > limits.maxTextHeld()) {
      throw new QueryException(
          QueryErrorCode.QUERY_TOO_LARGE,
          "the query holds more than "
              + (limits.maxTextHeld() >> 20)
              + " MiB of text in memory; ask for fewer rows or shorter texts");
    }
  }

  /** Two for each character, and what a text takes besides. */
  static long textBytes(@Nullable Object value) {
    return switch (value) {
      case String text -> BYTES_OF_A_TEXT + 2L * text.length();
      case Object[] row -> {
        long bytes = 0;
        for (Object each : row) {
          bytes += textBytes(each);
        }
        yield bytes;
      }
      case null, default -> 0;
    };
  }

  void requireGoing() {
    if (stop.isStopped()) {
      throw stopped(limits, stop);
    }
  }

  /** Why a query was ended from outside. */
  static QueryException stopped(SqlLimits limits, QueryStop stop) {
    return stop.isCancelled()
        ? new QueryException(QueryErrorCode.CANCELLED, "the query was cancelled")
        : tooLong(limits);
  }

  private static QueryException tooLong(SqlLimits limits) {
    return new QueryException(
        QueryErrorCode.QUERY_TOO_LARGE,
        "the query takes longer than "
            + limits.timeout().toMillis()
            + " ms; ask for a shorter span, a coarser grain or a view with fewer groups");
  }

  /**
   * The same rows, watched.
   *
   * @param weight what each counts for among the rows held; 0 where the next step lets go of them
   */
  public Enumerable<Object> watched(Enumerable<Object> rows, int weight) {
    return new AbstractEnumerable<>() {
      @Override
      public Enumerator<Object> enumerator() {
        return new Watched(rows.enumerator(), weight);
      }
    };
  }

  /** The rows of one step. */
  private final class Watched implements Enumerator<Object> {
    private final Enumerator<Object> rows;
    private final int weight;
    private @Nullable Object held;

    Watched(Enumerator<Object> rows, int weight) {
      this.rows = rows;
      this.weight = weight;
    }

    @Override
    public boolean moveNext() {
      requireGoing();
      boolean isThere = rows.moveNext();
      if (isThere && weight > 0) {
        hold(weight);
        // Some rows are computed anew whenever they are asked for.
        held = rows.current();
        holdTexts(held);
      }
      return isThere;
    }

    @Override
    public Object current() {
      Object row = held;
      return row == null ? rows.current() : row;
    }

    @Override
    public void reset() {
      rows.reset();
    }

    @Override
    public void close() {
      rows.close();
    }
  }
}
