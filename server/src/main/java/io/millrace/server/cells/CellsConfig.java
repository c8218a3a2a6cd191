package io.millrace.server.cells;

import java.time.Duration;

/**
 * How instances ask each other for cells.
 *
 * @param awayAfter for how long an instance may say nothing before it counts as away
 * @param connectTimeout for a connection to another instance
 * @param silenceTimeout for the next piece of an answer of another instance
 * @param answerTimeout for an answer to another instance
 * @param concurrentAnswers to other instances; more are refused for the moment
 */
public record CellsConfig(
    Duration awayAfter,
    Duration connectTimeout,
    Duration silenceTimeout,
    Duration answerTimeout,
    int concurrentAnswers) {
  public static final CellsConfig DEFAULT =
      new CellsConfig(
          Duration.ofSeconds(10),
          Duration.ofSeconds(1),
          Duration.ofSeconds(3),
          Duration.ofSeconds(15),
          64);

  public CellsConfig {
    requirePositive("away-after", awayAfter);
    requirePositive("connect-timeout", connectTimeout);
    requirePositive("silence-timeout", silenceTimeout);
    requirePositive("answer-timeout", answerTimeout);
    if (concurrentAnswers < 1) {
      throw new IllegalArgumentException(
          "concurrent-answers: expected at least 1, got " + concurrentAnswers);
    }
  }

  private static void requirePositive(String key, Duration duration) {
    if (!duration.isPositive()) {
      throw new IllegalArgumentException(key + ": " + duration + " is not positive");
    }
  }
}
