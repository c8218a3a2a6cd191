package io.millrace.server.broker;

import java.time.Duration;
import java.util.Optional;

/**
 * What has become of one broker's starts so far, and what to do about its next end. Belongs to that
 * broker; safe for use by several threads.
 */
final class BrokerRestarts {

  private final RestartPolicy policy;
  private int soonEnds;
  private int total;

  BrokerRestarts(RestartPolicy policy) {
    this.policy = policy;
  }

  /**
   * The broker has ended by itself.
   *
   * @param lived for how long it had run
   * @return after what pause to start it again; empty to leave it
   */
  synchronized Optional<Duration> afterEnd(Duration lived) {
    soonEnds = lived.compareTo(policy.steady()) < 0 ? soonEnds + 1 : 0;
    return policy.pauseAfter(soonEnds);
  }

  synchronized void started() {
    total++;
  }

  /** How often it was started again. */
  synchronized int total() {
    return total;
  }
}
