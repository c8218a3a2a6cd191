package io.millrace.query.sql;

import java.time.Duration;

/**
 * How much one query may take.
 *
 * @param maxRows rows of its answer
 * @param maxCells cells it may read
 * @param maxRowsHeld rows it may hold in memory at once, be it to join, sort or group them; a row
 *     with a sketch counts as {@link #ROWS_OF_A_SKETCH}
 * @param maxTextHeld bytes of the texts in these rows and in its answer
 * @param timeout how long it may take
 */
public record SqlLimits(
    int maxRows, long maxCells, long maxRowsHeld, long maxTextHeld, Duration timeout) {
  static final int ROWS_OF_A_SKETCH = 10;

  private static final long TEXT_BYTES = 48L << 20;

  /** With as many bytes of text as fit into a small process several times. */
  public SqlLimits(int maxRows, long maxCells, long maxRowsHeld, Duration timeout) {
    this(maxRows, maxCells, maxRowsHeld, TEXT_BYTES, timeout);
  }

  public SqlLimits {
    boolean isPositive = maxRows > 0 && maxCells > 0 && maxRowsHeld > 0 && maxTextHeld > 0;
    if (!isPositive || !timeout.isPositive()) {
      throw new IllegalArgumentException(
          "limits: expected above zero, got "
              + maxRows
              + ", "
              + maxCells
              + ", "
              + maxRowsHeld
              + ", "
              + maxTextHeld
              + " and "
              + timeout);
    }
  }
}
