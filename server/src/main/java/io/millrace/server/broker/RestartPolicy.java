package io.millrace.server.broker;

import java.time.Duration;
import java.util.Optional;

/**
 * How a broker that ended by itself is started again, as a supervisor of services would: after a
 * pause that doubles with each end that comes soon after a start, and not for ever. A disk that is
 * full, or a peer that is not there, mends by itself at times; a setting that is wrong does not.
 *
 * @param first the pause after an end that did not come soon after a start
 * @param longest what the pause does not grow beyond
 * @param steady how long a broker has run whose end does not count as soon
 * @param attempts how many starts in a row may fail to keep it running for that long; 0 for never
 *     to start it again
 */
public record RestartPolicy(Duration first, Duration longest, Duration steady, int attempts) {

  /** A broker that ended stays so. */
  public static final RestartPolicy NEVER =
      new RestartPolicy(Duration.ZERO, Duration.ZERO, Duration.ZERO, 0);

  /** After one second, two, four …, every ten, for about ten minutes. */
  public static final RestartPolicy USUAL =
      new RestartPolicy(Duration.ofSeconds(1), Duration.ofSeconds(10), Duration.ofMinutes(1), 60);

  /** Refuses what is negative, and a first pause above the longest. */
  public RestartPolicy {
    if (first.isNegative() || first.compareTo(longest) > 0) {
      throw new IllegalArgumentException(
          "first is %s; it must be from 0 to longest, %s".formatted(first, longest));
    }
    if (steady.isNegative()) {
      throw new IllegalArgumentException("steady is %s; it must not be negative".formatted(steady));
    }
    if (attempts < 0) {
      throw new IllegalArgumentException(
          "attempts is %d; it must be 0 or more".formatted(attempts));
    }
  }

  /**
   * The pause before the next start; empty to give up.
   *
   * @param soonEnds how many ends in a row came soon after a start
   */
  Optional<Duration> pauseAfter(int soonEnds) {
    if (attempts == 0 || soonEnds > attempts) {
      return Optional.empty();
    }
    Duration pause = first;
    for (int end = 1; end <= soonEnds && pause.compareTo(longest) < 0; end++) {
      pause = pause.multipliedBy(2);
    }
    return Optional.of(pause.compareTo(longest) < 0 ? pause : longest);
  }
}
