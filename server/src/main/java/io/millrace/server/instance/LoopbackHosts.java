package io.millrace.server.instance;

import io.helidon.http.Status;
import io.helidon.webserver.http.Filter;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import java.util.Locale;
import java.util.Set;

/**
 * Answers only requests that were meant for this machine, where it serves on the loopback interface
 * and asks nobody who they are. Otherwise any page on the web could have its own name resolved to
 * 127.0.0.1 and read everything (DNS rebinding).
 */
final class LoopbackHosts implements Filter {
  private static final Set<String> NAMES = Set.of("127.0.0.1", "localhost", "[::1]");

  @Override
  public void filter(FilterChain chain, RoutingRequest request, RoutingResponse response) {
    if (NAMES.contains(hostOf(request.authority()))) {
      chain.proceed();
    } else {
      response
          .status(Status.MISDIRECTED_REQUEST_421)
          .send("This Millrace serves its own machine alone, as 127.0.0.1 or localhost.\n");
    }
  }

  static String hostOf(String authority) {
    int port = authority.lastIndexOf(':');
    String host = port > authority.lastIndexOf(']') ? authority.substring(0, port) : authority;
    return host.toLowerCase(Locale.ROOT);
  }
}
