package io.millrace.query.sql;

import java.time.Duration;

/**
 * How much one query may take.
 *
 * @param maxRows rows of its answer
 * @param maxCells cells it may read
 * @param maxRowsHeld rows it may hold in memory at once, be it to join, sort or group them; a row
 *     with a sketch counts as {@link #ROWS_OF_A_SKETCH}
 * @param timeout how long it may take
 */
public record SqlLimits(int maxRows, long maxCells, long maxRowsHeld, Duration timeout) {
  static final int ROWS_OF_A_SKETCH = 10;

  public SqlLimits {
    if (maxRows < 1 || maxCells < 1 || maxRowsHeld < 1 || !timeout.isPositive()) {
      throw new IllegalArgumentException(
          "limits: expected above zero, got "
              + maxRows
              + ", "
              + maxCells
              + ", "
              + maxRowsHeld
              + " and "
              + timeout);
    }
  }
}
