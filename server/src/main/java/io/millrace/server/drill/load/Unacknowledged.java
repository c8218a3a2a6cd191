package io.millrace.server.drill.load;

import java.time.Duration;

/**
 * Events that were sent and that no collector has acknowledged yet.
 *
 * @param longest how long ago the first of them was sent for the first time
 */
public record Unacknowledged(long events, Duration longest) {

  /** For a person. */
  public String text() {
    return events == 0
        ? "no event waits for its acknowledgement"
        : "%,d events wait for their acknowledgement, the first for %,d s"
            .formatted(events, longest.toSeconds());
  }
}
