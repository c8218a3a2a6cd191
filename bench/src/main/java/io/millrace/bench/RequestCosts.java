package io.millrace.bench;

import io.millrace.bench.HostileBodies.Hostile;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;

/**
 * What requests cost that are made to cost, one after the other: CPU of the whole process of the
 * application, so what it does anyway meanwhile is in it, and how it answers.
 */
final class RequestCosts {
  private static final Duration MOST_CPU = Duration.ofMillis(50);
  private static final int UNMEASURED = 5;

  private final Demo demo;
  private final int requests;

  RequestCosts(Demo demo, int requests) {
    this.demo = demo;
    this.requests = requests;
  }

  /**
   * Of one kind.
   *
   * @param answers how many there were of each status; 0 where the server closed without one
   */
  private record Cost(Duration cpuEach, Map<Integer, Integer> answers) {
    Aim aim(boolean isBomb) {
      boolean isRefused = answers.keySet().stream().allMatch(it -> it >= 400 && it < 500);
      return isBomb
          ? new Aim("4xx, < 50 ms", isRefused && cpuEach.compareTo(MOST_CPU) < 0)
          : new Aim("4xx", isRefused);
    }
  }

  Table measure() throws IOException {
    var table = new Table("Hostile bodies", "", "answers", "CPU each", "aim", "");
    for (Hostile hostile : HostileBodies.all()) {
      Cost cost = cost(hostile);
      Aim aim = cost.aim(hostile.isBomb());
      table.row(
          hostile.name(),
          Text.statuses(cost.answers()),
          Text.millis(cost.cpuEach()),
          aim.text(),
          aim.verdict());
    }
    return table;
  }

  private Cost cost(Hostile hostile) throws IOException {
    var answers = new TreeMap<Integer, Integer>();
    for (int i = 0; i < UNMEASURED; i++) {
      var _ = answer(hostile);
    }
    Duration before = Usage.cpuOf(demo.application());
    for (int i = 0; i < requests; i++) {
      answers.merge(answer(hostile).orElse(0), 1, Integer::sum);
    }
    Duration cpu = Usage.cpuOf(demo.application()).minus(before);
    return new Cost(cpu.dividedBy(requests), answers);
  }

  private OptionalInt answer(Hostile hostile) throws IOException {
    return RawRequest.send(demo.url(), hostile.encoding(), hostile.body(), hostile.isDeclared());
  }
}
