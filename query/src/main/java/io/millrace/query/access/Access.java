package io.millrace.query.access;

import io.helidon.webserver.http.ServerRequest;
import io.millrace.query.error.QueryException;

/** Tells who sends a request. Safe for any number of threads. */
@FunctionalInterface
public interface Access {

  /** Where nobody is asked who they are, as on the loopback interface. */
  Access OPEN = request -> Caller.ANYONE;

  /**
   * Who sends a request.
   *
   * @throws QueryException where that is unknown, or was guessed at too often
   */
  Caller callerOf(ServerRequest request);

  /** Who sends a request, if they have a right. */
  default Caller require(ServerRequest request, Right right) {
    return callerOf(request).require(right);
  }
}
