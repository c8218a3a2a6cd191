package io.millrace.query;

import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.millrace.query.access.Caller;
import io.millrace.query.access.Right;

/**
 * A path of the interface.
 *
 * @param method how it is asked
 * @param path below {@link QueryService#ROOT}, with its parameters in braces
 * @param name in metrics
 * @param right that a caller needs to be answered here
 */
record Route(Method method, String path, String name, Right right, Handler handler) {

  /** Answers a caller who has the right. */
  @FunctionalInterface
  interface Handler {
    void handle(ServerRequest request, ServerResponse response, Caller caller);
  }

  /** The methods there are. */
  enum Method {
    /** And HEAD. */
    GET("GET, HEAD"),
    POST("POST");

    private final String allowed;

    Method(String allowed) {
      this.allowed = allowed;
    }

    /** As the header Allow tells. */
    String allowed() {
      return allowed;
    }
  }
}
