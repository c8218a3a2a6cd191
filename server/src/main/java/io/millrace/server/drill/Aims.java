package io.millrace.server.drill;

import java.time.Duration;

/**
 * How long things may take on a quiet machine. A drill does not fail by its aims, which say as much
 * about the machine as about the program; the report shows which were missed.
 *
 * @param acknowledgements the longest pause of a partition
 * @param processing the longest time in which outcomes of a partition wait and none comes
 * @param answer the longest that a collector leaves a request without an answer
 */
public record Aims(Duration acknowledgements, Duration processing, Duration answer) {
  private static final Duration ANSWER = Duration.ofSeconds(4);

  public static Aims of(int acknowledgementSeconds, int processingSeconds) {
    return new Aims(
        Duration.ofSeconds(acknowledgementSeconds), Duration.ofSeconds(processingSeconds), ANSWER);
  }
}
