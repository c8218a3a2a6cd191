package io.millrace.query;

import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.webserver.http.ServerResponse;
import java.util.List;

/** What every answer tells browsers not to do. */
public final class SecurityHeaders {
  private static final List<Header> ALL =
      List.of(
          HeaderValues.createCached(
              "Content-Security-Policy",
              "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
                  + " connect-src 'self'; frame-ancestors 'none'; base-uri 'none';"
                  + " form-action 'self'; object-src 'none'"),
          HeaderValues.createCached(HeaderNames.X_CONTENT_TYPE_OPTIONS, "nosniff"),
          HeaderValues.createCached("X-Frame-Options", "DENY"),
          // The sample page's clicks need their origin and path, as those of any site do.
          HeaderValues.createCached("Referrer-Policy", "strict-origin-when-cross-origin"));

  private SecurityHeaders() {}

  public static void addTo(ServerResponse response) {
    ALL.forEach(response::header);
  }
}
