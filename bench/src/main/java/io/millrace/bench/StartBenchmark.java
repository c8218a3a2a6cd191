package io.millrace.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Start to first chart: how long one who types {@code millrace demo} waits.
 *
 * <pre>
 * command executed ── dashboard answers ── chart has data ── chart moves
 * </pre>
 *
 * <ul>
 *   <li><i>dashboard answers</i>: {@code GET /} gives 200.
 *   <li><i>chart has data</i>: the view {@code traffic} by the minute, which the first chart draws,
 *       has events. On a folder with data these may be those of before.
 *   <li><i>chart moves</i>: it has more events than at that moment, so new ones are counted.
 * </ul>
 *
 * <p>CPU is that of the application and the broker until the chart has data. Each run has a folder
 * of its own: first empty, then, after a stop, started again as it is. The median of the runs is
 * told. What a browser takes to load and draw the page is not in it; files are in the page cache.
 */
@Command(name = "start", description = "Start to first chart.")
final class StartBenchmark implements Benchmark {
  private static final Duration INTERVAL = Duration.ofMillis(20);

  @Option(
      names = "--runs",
      paramLabel = "N",
      description = "The median of so many is told. Default: ${DEFAULT-VALUE}.")
  private int runs = 3;

  @Option(
      names = "--rate",
      paramLabel = "N",
      description = "Simulated events a second. Default: ${DEFAULT-VALUE}, that of the demo.")
  private int rate = 25;

  private record Start(Duration dashboard, Duration data, Duration moves, Duration cpu) {}

  @Override
  public void run(Program program, Report report) throws IOException, InterruptedException {
    var fresh = new ArrayList<Start>();
    var again = new ArrayList<Start>();
    for (int run = 1; run <= runs; run++) {
      try (TemporaryFolder folder = TemporaryFolder.make()) {
        report.step("start: run " + run + " of " + runs + ", fresh folder");
        fresh.add(start(program, folder));
        report.step("start: run " + run + " of " + runs + ", same folder again");
        again.add(start(program, folder));
      }
    }
    report.add(
        new Table("Start to first chart, median of " + runs, "", "fresh folder", "same again")
            .row("dashboard answers", cell(fresh, Start::dashboard), cell(again, Start::dashboard))
            .row("chart has data", cell(fresh, Start::data), cell(again, Start::data))
            .row("chart moves", cell(fresh, Start::moves), cell(again, Start::moves))
            .row("CPU until it has data", cell(fresh, Start::cpu), cell(again, Start::cpu))
            .row("slowest until it has data", slowest(fresh), slowest(again)));
  }

  private Start start(Program program, TemporaryFolder folder)
      throws IOException, InterruptedException {
    try (Demo demo = Demo.start(program, folder, rate)) {
      Duration dashboard = demo.await("answer of the dashboard", INTERVAL, demo::answers);
      var shown = new Chart(demo);
      Duration data = demo.await("data in the chart", INTERVAL, shown::hasData);
      Duration cpu = demo.cpu();
      Duration moves = demo.await("new data in the chart", INTERVAL, shown::hasMore);
      return new Start(dashboard, data, moves, cpu);
    }
  }

  /** What the chart showed first. */
  private static final class Chart {
    private final Demo demo;
    private long first;

    Chart(Demo demo) {
      this.demo = demo;
    }

    boolean hasData() throws InterruptedException {
      first = demo.chartEvents();
      return first > 0;
    }

    boolean hasMore() throws InterruptedException {
      return demo.chartEvents() > first;
    }
  }

  private static String cell(List<Start> starts, Function<Start, Duration> time) {
    return Text.seconds(Sample.of(starts.stream().map(time).toList()).median());
  }

  private static String slowest(List<Start> starts) {
    return Text.seconds(Sample.of(starts.stream().map(Start::data).toList()).max());
  }
}
