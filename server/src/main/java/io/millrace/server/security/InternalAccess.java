package io.millrace.server.security;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Status;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.millrace.query.SecurityHeaders;
import java.net.URI;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Lets nobody but other instances of the cluster ask what is below {@code /internal}. To be
 * registered at the root before the services that it guards, which need to know nothing of it: the
 * paths are matched by the router itself, so no spelling of a path comes around it.
 *
 * <p>Safe for any number of threads.
 */
public final class InternalAccess implements HttpService {
  /** By what an answer proves that it is one of the cluster. */
  public static final String ANSWER = "Millrace-Answer";

  /** What the clock of an instance says that refuses a request, in milliseconds since 1970. */
  public static final String TIME = "Millrace-Time";

  private static final String PATHS = "/internal/*";
  private static final HeaderName ANSWER_HEADER = HeaderNames.create(ANSWER);
  private static final HeaderName TIME_HEADER = HeaderNames.create(TIME);

  private final Optional<ClusterSecret> secret;
  private final boolean isOpen;
  private final Supplier<Optional<URI>> self;
  private final InstantSource clock;

  /**
   * Makes a guard.
   *
   * @param security has the cluster's secret; without one nobody is let in, unless everything is
   *     open, as on one machine
   * @param self where this instance has announced that it answers; empty as long as it has not
   */
  public InternalAccess(
      SecurityConfig security, Supplier<Optional<URI>> self, InstantSource clock) {
    secret = security.clusterSecret();
    isOpen = secret.isEmpty() && !security.asksForTokens();
    this.self = self;
    this.clock = clock;
  }

  @Override
  public void routing(HttpRules rules) {
    rules.any(PATHS, this::admit);
  }

  private void admit(ServerRequest request, ServerResponse response) {
    if (isOpen) {
      response.next();
      return;
    }
    String sent = request.headers().first(HeaderNames.AUTHORIZATION).orElse("");
    Optional<ClusterSecret> proven = secret.filter(known -> isProven(known, sent, request));
    if (proven.isPresent()) {
      response.header(ANSWER_HEADER, proven.get().answer(sent));
      response.next();
      return;
    }
    refuse(request, response);
  }

  private boolean isProven(ClusterSecret known, String sent, ServerRequest request) {
    String method = request.prologue().method().text();
    String path = request.prologue().uriPath().rawPath();
    return self.get()
        .filter(
            here ->
                known.isProvenBy(sent, new InternalRequest(method, here, path), clock.instant()))
        .isPresent();
  }

  /** Tells the time, so that one with another clock can ask again. */
  private void refuse(ServerRequest request, ServerResponse response) {
    SecurityHeaders.addTo(response);
    if (request.content().hasEntity()) {
      response.header(HeaderValues.CONNECTION_CLOSE);
    }
    response
        .status(Status.UNAUTHORIZED_401)
        .header(HeaderNames.WWW_AUTHENTICATE, "Millrace realm=\"millrace cluster\"")
        .header(TIME_HEADER, Long.toString(clock.millis()))
        .header(HeaderNames.CONTENT_TYPE, "application/json")
        .header(HeaderNames.CACHE_CONTROL, "no-store")
        .send(
            "{\"error\":{\"code\":\"unauthenticated\",\"message\":\"only instances of this cluster"
                + " are answered here\"}}");
  }
}
