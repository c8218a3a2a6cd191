package io.millrace.server.drill.load;

import java.time.Duration;
import java.util.List;

/**
 * How requests were answered.
 *
 * @param acknowledged 2xx
 * @param unavailable 503 that says when to try again
 * @param unexpected any other answer
 * @param none no answer at all: refused, or broken off
 * @param tooLate none for as long as the client waits
 * @param longest that an answer took, or that the client waited in vain
 * @param aboutMost of all answers at most one in a hundred took longer
 * @param examples the first of the unexpected answers
 */
public record AnswerTally(
    long acknowledged,
    long unavailable,
    long unexpected,
    long none,
    long tooLate,
    Duration longest,
    Duration aboutMost,
    List<String> examples) {

  public AnswerTally {
    examples = List.copyOf(examples);
  }
}
