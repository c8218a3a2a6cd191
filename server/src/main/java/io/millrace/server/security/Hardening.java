package io.millrace.server.security;

import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Status;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.Filter;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.millrace.query.SecurityHeaders;

/**
 * What holds of every answer, also of those that no service thought of: browsers are told what not
 * to do, a path that nobody serves is answered in our own words, and a connection that is said to
 * end does. Safe for any number of threads.
 */
public final class Hardening implements Filter {
  private static final String NOTHING_HERE =
      "{\"error\":{\"code\":\"not_found\",\"message\":\"nothing is served here\"}}";

  private Hardening() {}

  /** Comes before all filters and services of a server. */
  public static void begin(HttpRouting.Builder routing) {
    routing.addFilter(new Hardening());
  }

  /** Comes after all services of a server. */
  public static void end(HttpRouting.Builder routing) {
    routing.any(Hardening::answerNothing);
  }

  @Override
  public void filter(FilterChain chain, RoutingRequest request, RoutingResponse response) {
    SecurityHeaders.addTo(response);
    chain.proceed();
    if (response.isSent() && isLast(request, response)) {
      if (response.hasEntity()) {
        response.commit();
      }
      // The server itself says so and reads on: what nobody read of a body as the next request.
      throw new CloseConnectionException("closed, as the answer says");
    }
  }

  /** Whether one of both sides has said that the connection ends with this answer. */
  private static boolean isLast(RoutingRequest request, RoutingResponse response) {
    return request.headers().containsToken(HeaderValues.CONNECTION_CLOSE)
        || response.headers().containsToken(HeaderValues.CONNECTION_CLOSE);
  }

  private static void answerNothing(ServerRequest request, ServerResponse response) {
    if (request.content().hasEntity()) {
      response.header(HeaderValues.CONNECTION_CLOSE);
    }
    response
        .status(Status.NOT_FOUND_404)
        .header(HeaderNames.CONTENT_TYPE, "application/json")
        .header(HeaderNames.CACHE_CONTROL, "no-store")
        .send(NOTHING_HERE);
  }
}
