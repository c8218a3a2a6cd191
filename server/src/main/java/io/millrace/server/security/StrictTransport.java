package io.millrace.server.security;

import io.helidon.http.Header;
import io.helidon.http.HeaderValues;
import io.helidon.webserver.http.Filter;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;

/** Tells browsers to come back over TLS alone, for a year. Safe for any number of threads. */
public final class StrictTransport implements Filter {
  private static final Header FOR_A_YEAR =
      HeaderValues.createCached("Strict-Transport-Security", "max-age=31536000");

  @Override
  public void filter(FilterChain chain, RoutingRequest request, RoutingResponse response) {
    response.header(FOR_A_YEAR);
    chain.proceed();
  }
}
