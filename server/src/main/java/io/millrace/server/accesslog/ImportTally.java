package io.millrace.server.accesslog;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How an import went. Every line is counted once: {@code lines = malformed + skipped + accepted +
 * refused + unanswered}.
 *
 * @param format that the log was read as
 * @param lines read
 * @param skipped requests that are no page requests, when only those were wanted
 * @param accepted events that the collector wrote to the log, new or not
 * @param unanswered events that nothing is known of, because the import gave up
 * @param earliest time of an event in the log
 * @param latest time of an event in the log
 * @param failure why the import ended before the end of the file
 */
public record ImportTally(
    LogFormat format,
    long lines,
    Findings malformed,
    long skipped,
    long accepted,
    Findings refused,
    long unanswered,
    Optional<Instant> earliest,
    Optional<Instant> latest,
    Optional<String> failure) {

  /**
   * Lines with something wrong: how many, and the first of them.
   *
   * @param first at most {@link #FIRST}
   */
  public record Findings(long count, List<Finding> first) {
    /** How many are kept to be shown. */
    public static final int FIRST = 20;

    public Findings {
      first = List.copyOf(first);
      if (first.size() > Math.min(count, FIRST)) {
        throw new IllegalArgumentException("first: " + first.size() + " of " + count);
      }
    }
  }

  /**
   * What is wrong with a line.
   *
   * @param line its number, from 1
   */
  public record Finding(long line, String reason) {}
}
