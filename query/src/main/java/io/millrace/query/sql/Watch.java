package io.millrace.query.sql;

import io.millrace.query.answer.ScanBudget;
import io.millrace.query.error.QueryErrorCode;
import io.millrace.query.error.QueryException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.calcite.linq4j.AbstractEnumerable;
import org.apache.calcite.linq4j.Enumerable;
import org.apache.calcite.linq4j.Enumerator;

/**
 * Sees to it that one query stays within its limits. It looks at every row that goes from one step
 * of the plan to the next: a join of views with themselves can take hours without ever reading
 * another cell. Public for the code that Calcite generates. One thread computes; any may stop it.
 */
public final class Watch {
  private final SqlLimits limits;
  private final ScanBudget budget;
  private final AtomicBoolean stop;
  private long held;

  Watch(SqlLimits limits, AtomicBoolean stop) {
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

  void requireGoing() {
    if (stop.get()) {
      throw tooLong(limits);
    }
  }

  static QueryException tooLong(SqlLimits limits) {
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
      }
      return isThere;
    }

    @Override
    public Object current() {
      return rows.current();
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
