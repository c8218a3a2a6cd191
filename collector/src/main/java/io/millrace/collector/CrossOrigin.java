package io.millrace.collector;

import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Status;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.nio.charset.StandardCharsets;

/**
 * Lets every page of every site report here, which is what a collector is for. Without credentials:
 * no cookie is read or set, so there is nothing another site could misuse.
 */
final class CrossOrigin {
  private static final Header JSON =
      HeaderValues.createCached(HeaderNames.CONTENT_TYPE, "application/json");
  private static final Header ANY_ORIGIN =
      HeaderValues.createCached(HeaderNames.ACCESS_CONTROL_ALLOW_ORIGIN, "*");
  private static final Header EXPOSED =
      HeaderValues.createCached(HeaderNames.ACCESS_CONTROL_EXPOSE_HEADERS, "Retry-After");
  private static final Header METHODS =
      HeaderValues.createCached("Access-Control-Allow-Methods", "GET, POST");
  private static final Header HEADERS =
      HeaderValues.createCached(
          HeaderNames.ACCESS_CONTROL_ALLOW_HEADERS,
          "content-type, content-encoding, authorization");
  private static final Header MAX_AGE =
      HeaderValues.createCached(HeaderNames.ACCESS_CONTROL_MAX_AGE, "86400");
  private static final Header RESOURCE_POLICY =
      HeaderValues.createCached("Cross-Origin-Resource-Policy", "cross-origin");
  private static final Header NO_SNIFF =
      HeaderValues.createCached(HeaderNames.X_CONTENT_TYPE_OPTIONS, "nosniff");

  private CrossOrigin() {}

  static void allow(ServerResponse response) {
    response.header(ANY_ORIGIN).header(EXPOSED).header(RESOURCE_POLICY).header(NO_SNIFF);
  }

  static void preflight(ServerRequest request, ServerResponse response) {
    allow(response);
    response.status(Status.NO_CONTENT_204).header(METHODS).header(HEADERS).header(MAX_AGE).send();
  }

  /** Answers the methods that a path does not have. */
  static Handler methodNotAllowed(String allowed) {
    byte[] error =
        ("{\"error\":{\"code\":\"method_not_allowed\",\"message\":\"allowed here: "
                + allowed
                + "\"}}")
            .getBytes(StandardCharsets.UTF_8);
    Header allow = HeaderValues.createCached(HeaderNames.ALLOW, allowed);
    return (request, response) -> {
      allow(response);
      if (request.content().hasEntity()) {
        response.header(HeaderValues.CONNECTION_CLOSE);
      }
      response.status(Status.METHOD_NOT_ALLOWED_405).header(allow).header(JSON);
      Body.send(request, response, error);
    };
  }
}
