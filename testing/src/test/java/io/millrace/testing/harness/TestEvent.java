package io.millrace.testing.harness;

import io.millrace.server.sender.EventJson;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/**
 * A page view.
 *
 * @param visitor the client's own id of the visitor
 */
public record TestEvent(String id, String visitor, String path, Instant time) {
  /** What a client sends with each, a desktop browser's, so that nobody takes it for a program. */
  public static final String AGENT =
      "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko)"
          + " Chrome/140.0.0.0 Safari/537.36";

  public static TestEvent now(String id, String path) {
    return new TestEvent(id, "visitor-" + id, path, Instant.now());
  }

  /** As JSON for {@code POST /v1/events}. */
  public String json() {
    return new String(
        EventJson.event(id, "page")
            .text("url", "http://" + RunningInstance.SITE + path)
            .text("anonymous_id", visitor)
            .number("timestamp", time.toEpochMilli())
            .end()
            .json(),
        StandardCharsets.UTF_8);
  }
}
