package io.millrace.server.security;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;

/**
 * What a request brings to be let in.
 *
 * @param isCookie whether a browser has sent it unasked, as it may for a page of another site
 */
record Credential(String token, boolean isCookie) {
  private static final String BEARER = "bearer ";
  private static final String BASIC = "basic ";

  /** That of the header {@code Authorization} before that of a cookie. */
  static Optional<Credential> of(ServerRequest request, String cookie) {
    String header = request.headers().first(HeaderNames.AUTHORIZATION).orElse("");
    if (!header.isEmpty()) {
      return ofHeader(header).map(token -> new Credential(token, false));
    }
    return request
        .headers()
        .cookies()
        .first(cookie)
        .asOptional()
        .map(token -> new Credential(token, true));
  }

  /** As the password too, of any user, since many tools know nothing else. */
  private static Optional<String> ofHeader(String header) {
    String scheme = header.toLowerCase(Locale.ROOT);
    if (scheme.startsWith(BEARER)) {
      return Optional.of(header.substring(BEARER.length()).strip());
    }
    if (!scheme.startsWith(BASIC)) {
      return Optional.empty();
    }
    try {
      byte[] decoded = Base64.getDecoder().decode(header.substring(BASIC.length()).strip());
      String pair = new String(decoded, StandardCharsets.UTF_8);
      int colon = pair.indexOf(':');
      return colon < 0 ? Optional.empty() : Optional.of(pair.substring(colon + 1));
    } catch (IllegalArgumentException malformed) {
      return Optional.empty();
    }
  }
}
