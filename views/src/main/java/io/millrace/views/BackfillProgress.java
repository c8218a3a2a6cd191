package io.millrace.views;

/**
 * How much of the past was read, in records of the lanes.
 *
 * @param processed read and committed
 * @param total to be read; 0 while the end is not known yet
 */
public record BackfillProgress(long processed, long total) {
  /** While a view has not begun in every partition. */
  public static final BackfillProgress NOT_BEGUN = new BackfillProgress(0, 0);
}
