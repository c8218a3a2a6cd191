package io.millrace.query;

import io.millrace.query.error.QueryErrorCode;
import io.millrace.query.error.QueryException;
import io.millrace.views.CellsUnavailableException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Lets so many queries be answered at a time and no more; the others wait for their turn. Safe for
 * any number of threads.
 */
final class Turns {
  private static final Duration BETWEEN_TRIES = Duration.ofMillis(20);

  private final Semaphore permits;
  private final Duration longestWait;
  private final Duration cellsPatience;

  Turns(QueryConfig config) {
    permits = new Semaphore(config.concurrentQueries(), true);
    longestWait = config.queryTimeout();
    cellsPatience = config.cellsPatience();
  }

  /**
   * The answer of a query. Cells are away for some hundred milliseconds whenever the work is shared
   * out anew, as at each start: an answer a little later is worth more than a refusal.
   */
  <T> T take(Supplier<T> query) {
    long begun = System.nanoTime();
    while (true) {
      try {
        return takeOnce(query);
      } catch (CellsUnavailableException moving) {
        if (System.nanoTime() - begun >= cellsPatience.toNanos()) {
          throw moving;
        }
        pause();
      }
    }
  }

  private <T> T takeOnce(Supplier<T> query) {
    try {
      if (!permits.tryAcquire(longestWait.toNanos(), TimeUnit.NANOSECONDS)) {
        throw new QueryException(
            QueryErrorCode.TOO_BUSY, "too many queries are running; try again in a moment");
      }
    } catch (InterruptedException stopping) {
      throw whileStopping();
    }
    try {
      return query.get();
    } finally {
      permits.release();
    }
  }

  private static void pause() {
    try {
      Thread.sleep(BETWEEN_TRIES);
    } catch (InterruptedException stopping) {
      throw whileStopping();
    }
  }

  private static QueryException whileStopping() {
    Thread.currentThread().interrupt();
    return new QueryException(QueryErrorCode.TOO_BUSY, "the server is stopping");
  }
}
