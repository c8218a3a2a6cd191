package io.millrace.server.security;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.Method;
import io.helidon.webserver.http.ServerRequest;

/**
 * Whether a browser has sent a request for a page of ours. Browsers say it themselves; those that
 * do not yet say the page's origin with everything that could change something. Immutable.
 */
final class SameOrigin {
  private static final HeaderName FETCH_SITE = HeaderNames.create("Sec-Fetch-Site");

  private final String scheme;

  /**
   * Knows pages.
   *
   * @param isEncrypted whether browsers see them by https
   */
  SameOrigin(boolean isEncrypted) {
    scheme = isEncrypted ? "https://" : "http://";
  }

  boolean isOf(ServerRequest request) {
    String site = request.headers().first(FETCH_SITE).orElse("");
    if (!site.isEmpty()) {
      // "none": a person typed the address.
      return site.equals("same-origin") || (site.equals("none") && isReading(request));
    }
    String origin = request.headers().first(HeaderNames.ORIGIN).orElse("");
    return origin.isEmpty()
        ? isReading(request)
        : origin.equalsIgnoreCase(scheme + request.authority());
  }

  private static boolean isReading(ServerRequest request) {
    Method method = request.prologue().method();
    return method.equals(Method.GET) || method.equals(Method.HEAD);
  }
}
