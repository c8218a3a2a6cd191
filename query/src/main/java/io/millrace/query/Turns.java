package io.millrace.query;

import io.millrace.query.access.Caller;
import io.millrace.query.answer.Reach;
import io.millrace.query.error.QueryErrorCode;
import io.millrace.query.error.QueryException;
import io.millrace.views.CellsUnavailableException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Lets so many queries be answered at a time and no more; the others wait for their turn. Safe for
 * any number of threads.
 */
final class Turns {
  private static final Duration BETWEEN_TRIES = Duration.ofMillis(20);
  private static final Duration REMEMBERED = Duration.ofSeconds(2);

  private final Semaphore permits;
  private final CallersTurns callers;
  private final Duration longestWait;
  private final Duration cellsPatience;
  private volatile long lackingSince;
  private volatile boolean hasLacked;

  Turns(QueryConfig config) {
    permits = new Semaphore(config.concurrentQueries(), true);
    callers = new CallersTurns(config.concurrentQueries());
    longestWait = config.queryTimeout();
    cellsPatience = config.cellsPatience();
  }

  /**
   * The answer of a query. Cells are away for some hundred milliseconds whenever the work is shared
   * out anew, as at each start: an answer a little later is worth more than a refusal.
   */
  <T> T take(Caller caller, Supplier<T> query) {
    long begun = System.nanoTime();
    while (true) {
      try {
        return takeOnce(caller, query);
      } catch (CellsUnavailableException moving) {
        if (System.nanoTime() - begun >= cellsPatience.toNanos()) {
          throw moving;
        }
        pause();
      }
    }
  }

  /** The same of what is computed for whoever follows, and is nobody's in particular. */
  <T> T takeForAll(Supplier<T> query) {
    return take(Caller.ANYONE, query);
  }

  /**
   * The same of a query that can say what it lacks: what cannot be had within the patience is done
   * without. Where that was so a moment ago, nobody waits again.
   */
  <T> T takeAtBest(Caller caller, Function<Reach, T> query) {
    try {
      return isLacking()
          ? takeOnce(caller, () -> query.apply(Reach.ALL))
          : take(caller, () -> query.apply(Reach.ALL));
    } catch (CellsUnavailableException lasting) {
      T answer = takeOnce(caller, () -> query.apply(Reach.AT_BEST));
      lackingSince = System.nanoTime();
      hasLacked = true;
      return answer;
    }
  }

  private boolean isLacking() {
    return hasLacked && System.nanoTime() - lackingSince < REMEMBERED.toNanos();
  }

  private <T> T takeOnce(Caller caller, Supplier<T> query) {
    long begun = System.nanoTime();
    try (CallersTurns.Place _ = callers.enter(caller, longestWait)) {
      acquire(longestWait.toNanos() - (System.nanoTime() - begun));
      try {
        return query.get();
      } finally {
        permits.release();
      }
    } catch (InterruptedException stopping) {
      throw whileStopping();
    }
  }

  private void acquire(long nanos) throws InterruptedException {
    if (!permits.tryAcquire(nanos, TimeUnit.NANOSECONDS)) {
      throw new QueryException(
          QueryErrorCode.TOO_BUSY, "too many queries are running; try again in a moment");
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
