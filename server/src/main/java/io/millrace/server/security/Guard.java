package io.millrace.server.security;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Status;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.millrace.query.SecurityHeaders;
import io.millrace.query.access.Access;
import io.millrace.query.access.Right;
import io.millrace.query.error.QueryException;

/** Lets nobody to a route who has no right to it. Stateless. */
public final class Guard {
  private static final String RETRY_SECONDS = "2";

  private Guard() {}

  /** The handler, for those who have the right. */
  public static Handler of(Access access, Right right, Handler handler) {
    return (request, response) -> {
      try {
        access.require(request, right);
      } catch (QueryException refused) {
        refuse(refused, request, response);
        return;
      }
      handler.handle(request, response);
    };
  }

  private static void refuse(
      QueryException refused, ServerRequest request, ServerResponse response) {
    SecurityHeaders.addTo(response);
    switch (refused.code()) {
      case FORBIDDEN -> response.status(Status.FORBIDDEN_403);
      case TOO_MANY_REQUESTS ->
          response
              .status(Status.TOO_MANY_REQUESTS_429)
              .header(HeaderNames.RETRY_AFTER, RETRY_SECONDS);
      default ->
          response.status(Status.UNAUTHORIZED_401).header(HeaderNames.WWW_AUTHENTICATE, "Bearer");
    }
    if (request.content().hasEntity()) {
      response.header(HeaderValues.CONNECTION_CLOSE);
    }
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    answer
        .putObject("error")
        .put("code", refused.code().label())
        .put("message", String.valueOf(refused.getMessage()));
    response
        .header(HeaderNames.CONTENT_TYPE, "application/json")
        .header(HeaderNames.CACHE_CONTROL, "no-store")
        .send(answer.toString());
  }
}
