package io.millrace.query;

import io.helidon.webserver.http.Handler;

/**
 * A path of the interface.
 *
 * @param method how it is asked
 * @param path below {@link QueryService#ROOT}, with its parameters in braces
 * @param name in metrics
 */
record Route(Method method, String path, String name, Handler handler) {

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
