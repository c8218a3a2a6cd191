package io.millrace.query.sql;

import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Ends a query from outside: because its time is over, or because nobody waits for it any more.
 * Safe for any number of threads.
 */
public final class QueryStop {
  private final AtomicBoolean flag = new AtomicBoolean();
  private volatile boolean isCancelled;

  /** Says that nobody waits for the answer any more. */
  public void cancel() {
    isCancelled = true;
    flag.set(true);
  }

  /** Says that the query has taken too long. */
  void expire() {
    flag.set(true);
  }

  boolean isCancelled() {
    return isCancelled;
  }

  boolean isStopped() {
    return flag.get();
  }

  /** What Calcite looks at. */
  AtomicBoolean flag() {
    return flag;
  }
}
