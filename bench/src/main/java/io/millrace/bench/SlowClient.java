package io.millrace.bench;

import java.net.URI;
import java.nio.charset.StandardCharsets;

/** How a client keeps a connection without ever having sent a request. */
enum SlowClient {
  SILENT("sends nothing", "", false),
  REQUEST_LINE("request line, a byte a second", "GET /", true),
  HEADER("header, a byte a second", "POST /v1/events HTTP/1.1\r\nHost: HOST\r\nX-Slow: ", true),
  /** Says that it will send as much as the collector takes. */
  LARGE_BODY("body of 512,000 bytes, one a second", body(HostileBodies.LIMIT), true),
  SMALL_BODY("body of 1,000 bytes, one a second", body(1_000), true);

  private final String text;
  private final String opening;
  private final boolean drips;

  SlowClient(String text, String opening, boolean drips) {
    this.text = text;
    this.opening = opening;
    this.drips = drips;
  }

  private static String body(int length) {
    return "POST /v1/events HTTP/1.1\r\nHost: HOST\r\nAuthorization: Bearer "
        + Demo.KEY
        + "\r\nContent-Type: application/json\r\nContent-Length: "
        + length
        + "\r\n\r\n{";
  }

  String text() {
    return text;
  }

  /** What it sends at once. */
  byte[] opening(URI server) {
    return opening.replace("HOST", server.getAuthority()).getBytes(StandardCharsets.US_ASCII);
  }

  /** Whether a byte follows each second. */
  boolean drips() {
    return drips;
  }
}
