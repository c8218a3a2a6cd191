package io.millrace.testing.fuzz;

import io.millrace.server.accesslog.LogBytes;
import io.millrace.streams.enrich.GeoBytes;
import java.util.List;

/** Files that users give: access logs and geo databases. */
final class TextTargets {
  private TextTargets() {}

  static List<FuzzTarget> all() {
    return List.of(
        FuzzTarget.of(
                "log-lines",
                LogBytes::eat,
                FuzzTarget.utf8(
                    """
                    83.149.9.216 - frank [17/May/2015:10:05:03 +0000] "GET /a?b=c%20d HTTP/1.1" 200 \
                    203023 "http://semicomplete.com/x" "Mozilla/5.0 \\"x\\" (Macintosh)" extra
                    2001:db8::1 - - [31/Dec/2024:23:59:60 -0930] "-" 408 - "-" "-"
                    host.example - - [29/Feb/2024:00:00:00 +0000] "POST http://a/b HTTP/2.0" 304 0
                    """))
            .withWords(
                "\\x22", "\\\"", "[", "\" ", "/Feb/", " +2400]", "\r", "\n", "%zz", "\u0000"),
        FuzzTarget.of("geo", GeoBytes::eat));
  }
}
