package io.millrace.streams.rollup;

/**
 * How often a transaction of the thread that asks was aborted. All tasks of a thread share its
 * transactions, so that one which fails ends what the others have not committed. Safe for any
 * number of threads, of which each sees its own.
 */
public final class AbortedTransactions {
  private final ThreadLocal<Long> counts = ThreadLocal.withInitial(() -> 0L);

  /** The transaction of this thread is aborted. */
  public void add() {
    counts.set(count() + 1);
  }

  /** How many of this thread's have been. */
  public long count() {
    return counts.get();
  }
}
