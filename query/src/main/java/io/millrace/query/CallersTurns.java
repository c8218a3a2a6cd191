package io.millrace.query;

import io.millrace.query.access.Caller;
import io.millrace.query.error.QueryErrorCode;
import io.millrace.query.error.QueryException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * How many queries each token has running and waiting, so that the slow ones of one are not all
 * that is answered: at most half run, and those that wait for them are not in the others' way.
 * Where nobody is asked who they are, all turns are everybody's. Safe for any number of threads.
 */
final class CallersTurns {

  /** Those that run and wait; some dashboards ask for all their parts at once. */
  static final int MOST_OF_ONE = 32;

  private final int mostRunning;
  private final Map<String, Own> callers = new HashMap<>();

  /**
   * Makes shares.
   *
   * @param turns how many queries run at a time, of all callers
   */
  CallersTurns(int turns) {
    mostRunning = Math.max(1, turns / 2);
  }

  /** The queries of one caller. */
  private final class Own {
    private final Semaphore running = new Semaphore(mostRunning, true);
    private int asked;
  }

  /** A place among those of a caller that run, until it is closed. */
  interface Place extends AutoCloseable {
    @Override
    void close();
  }

  /**
   * Waits for a place.
   *
   * @throws QueryException where the caller has too many that wait, or waited for too long
   */
  Place enter(Caller caller, Duration patience) throws InterruptedException {
    if (caller.equals(Caller.ANYONE)) {
      return () -> {};
    }
    Own own = asked(caller);
    boolean isRunning = false;
    try {
      isRunning = own.running.tryAcquire(patience.toNanos(), TimeUnit.NANOSECONDS);
    } finally {
      if (!isRunning) {
        answered(caller, own);
      }
    }
    if (!isRunning) {
      throw tooMany("too many queries of this token are running; try again in a moment");
    }
    return () -> {
      own.running.release();
      answered(caller, own);
    };
  }

  private Own asked(Caller caller) {
    synchronized (callers) {
      Own own = callers.computeIfAbsent(caller.id(), none -> new Own());
      if (own.asked >= MOST_OF_ONE) {
        throw tooMany("this token has " + MOST_OF_ONE + " queries running or waiting");
      }
      own.asked++;
      return own;
    }
  }

  private void answered(Caller caller, Own own) {
    synchronized (callers) {
      own.asked--;
      if (own.asked == 0) {
        callers.remove(caller.id());
      }
    }
  }

  private static QueryException tooMany(String message) {
    return new QueryException(QueryErrorCode.TOO_MANY_REQUESTS, message);
  }
}
