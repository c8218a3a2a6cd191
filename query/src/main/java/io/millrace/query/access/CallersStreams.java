package io.millrace.query.access;

import io.millrace.query.error.QueryErrorCode;
import io.millrace.query.error.QueryException;
import java.util.HashMap;
import java.util.Map;

/**
 * How many streams each token has open, so that one cannot take all places. Where nobody is asked
 * who they are, all places are everybody's. Safe for any number of threads.
 */
public final class CallersStreams {
  public static final int MOST_OF_ONE = 50;

  private final Map<String, Integer> open = new HashMap<>();

  /** A place that is taken until it is closed. */
  public interface Place extends AutoCloseable {
    @Override
    void close();
  }

  /**
   * Takes a place.
   *
   * @throws QueryException where the caller has as many as there may be
   */
  public Place enter(Caller caller) {
    if (caller.equals(Caller.ANYONE)) {
      return () -> {};
    }
    synchronized (open) {
      int count = open.getOrDefault(caller.id(), 0);
      if (count >= MOST_OF_ONE) {
        throw new QueryException(
            QueryErrorCode.TOO_MANY_REQUESTS,
            "this token has " + MOST_OF_ONE + " streams open; close some");
      }
      open.put(caller.id(), count + 1);
    }
    return () -> leave(caller.id());
  }

  private void leave(String id) {
    synchronized (open) {
      open.computeIfPresent(id, (known, count) -> count == 1 ? null : count - 1);
    }
  }
}
