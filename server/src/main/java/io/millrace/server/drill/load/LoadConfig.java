package io.millrace.server.drill.load;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * What a load is like.
 *
 * @param collectors where events go, in turns; another one is tried where one does not answer
 * @param keys by site, with which events of any agent may be written
 * @param rate events a second
 * @param answerTimeout how long the client waits before it takes an answer for lost
 * @param retryPause before events without acknowledgement are sent again
 * @param repeats how often everything is sent again after it was acknowledged
 */
public record LoadConfig(
    List<URI> collectors,
    Map<String, String> keys,
    int rate,
    Duration answerTimeout,
    Duration retryPause,
    int repeats) {

  public LoadConfig {
    collectors = List.copyOf(collectors);
    keys = Map.copyOf(keys);
    if (collectors.isEmpty()) {
      throw new IllegalArgumentException("collectors: at least one is needed");
    }
    if (rate < 1) {
      throw new IllegalArgumentException("rate: expected at least 1, got " + rate);
    }
  }

  /** Without the keys, which are secrets. */
  @Override
  public String toString() {
    return "LoadConfig[" + collectors + ", rate=" + rate + ", repeats=" + repeats + ']';
  }
}
