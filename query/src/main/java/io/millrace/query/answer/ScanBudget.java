package io.millrace.query.answer;

import io.millrace.query.error.QueryErrorCode;
import io.millrace.query.error.QueryException;
import java.time.Duration;

/** How much one query may still read, so that no query can starve the others. For one thread. */
public final class ScanBudget {
  private static final String ADVICE =
      "; ask for a shorter span, a coarser grain or a view with fewer groups";
  private static final int CELLS_BETWEEN_CLOCK_READINGS = 1024;

  private final long maxCells;
  private final Duration timeout;
  private final long started = System.nanoTime();
  private long cells;

  public ScanBudget(long maxCells, Duration timeout) {
    this.maxCells = maxCells;
    this.timeout = timeout;
  }

  /** Accounts for one cell. */
  public void spend() {
    cells++;
    if (cells > maxCells) {
      throw new QueryException(
          QueryErrorCode.QUERY_TOO_LARGE,
          "the query reads more than " + maxCells + " cells" + ADVICE);
    }
    if (cells % CELLS_BETWEEN_CLOCK_READINGS == 0
        && System.nanoTime() - started > timeout.toNanos()) {
      throw new QueryException(
          QueryErrorCode.QUERY_TOO_LARGE,
          "the query takes longer than " + timeout.toMillis() + " ms" + ADVICE);
    }
  }

  /** How many there were. */
  public long cells() {
    return cells;
  }
}
