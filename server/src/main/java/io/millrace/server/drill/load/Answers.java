package io.millrace.server.drill.load;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Counts answers. Safe for any number of threads. */
final class Answers {
  private static final int MOST_EXAMPLES = 3;

  private final Map<Response, Long> counts = new EnumMap<>(Response.class);
  private final List<Duration> times = new ArrayList<>();
  private final List<String> unexpected = new ArrayList<>();

  synchronized void add(Answer answer, Duration after) {
    counts.merge(answer.response(), 1L, Long::sum);
    // Who refuses a connection keeps nobody waiting; who lets a request hang does.
    if (answer.response() != Response.NONE) {
      times.add(after);
    }
    if (unexpected.size() < MOST_EXAMPLES) {
      answer.text().ifPresent(unexpected::add);
    }
  }

  synchronized AnswerTally tally() {
    List<Duration> sorted = times.stream().sorted().toList();
    return new AnswerTally(
        of(Response.ACKNOWLEDGED),
        of(Response.UNAVAILABLE),
        of(Response.UNEXPECTED),
        of(Response.NONE),
        of(Response.TOO_LATE),
        sorted.isEmpty() ? Duration.ZERO : sorted.getLast(),
        sorted.isEmpty() ? Duration.ZERO : sorted.get((int) (sorted.size() * 0.99)),
        unexpected);
  }

  private long of(Response response) {
    return counts.getOrDefault(response, 0L);
  }
}
