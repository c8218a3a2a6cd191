package io.millrace.views.table;

/**
 * How much memory a reference table may take in each process.
 *
 * @param rows at most so many
 * @param bytes of all rows, as they are estimated to take in memory
 */
public record TableLimits(int rows, long bytes) {
  public static final TableLimits DEFAULT = new TableLimits(200_000, 64L << 20);

  public TableLimits {
    if (rows < 1 || bytes < 1) {
      throw new IllegalArgumentException(
          "limits: expected above zero, got " + rows + " rows and " + bytes + " bytes");
    }
  }
}
