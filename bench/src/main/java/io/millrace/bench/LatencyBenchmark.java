package io.millrace.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Accepted to visible: how long after the collector's 202 an event is in the answers of a view,
 * while the demo makes 1,000 events a second.
 *
 * <pre>
 * about to send ── 202 has been read ── an answer of the view with the event has been read
 *   sent              accepted            visible
 * </pre>
 *
 * <p>About ten marked events a second are sent; see {@link Prober} for how they are found and what
 * that costs. The times between them vary at random, or they would always hit the same moment
 * between two commits of the processing, which are as regular. An event not found within ten
 * seconds counts with these. The view is read over HTTP, so its answer's time is in the figure;
 * what a browser takes to show it is not.
 */
@Command(name = "latency", description = "From accepted to visible in a view.")
final class LatencyBenchmark implements Benchmark {
  private static final int SHORTEST_GAP_MILLIS = 50;
  private static final int LONGEST_GAP_MILLIS = 150;
  private static final long SEED = 20_261_101;

  @Option(
      names = "--rate",
      paramLabel = "N",
      description = "Events a second of the demo. Default: ${DEFAULT-VALUE}.")
  private int rate = 1_000;

  @Option(
      names = "--warm-up",
      paramLabel = "SECONDS",
      description = "Marked events of this time are not counted. Default: ${DEFAULT-VALUE}.")
  private int warmUp = 20;

  @Option(
      names = "--probes",
      paramLabel = "N",
      description = "Marked events to measure. Default: ${DEFAULT-VALUE}.")
  private int probes = 600;

  private final RandomGenerator random = new SplittableRandom(SEED);

  @Override
  public void run(Program program, Report report) throws IOException, InterruptedException {
    try (TemporaryFolder folder = TemporaryFolder.make();
        Demo demo = Demo.startAndAwait(program, folder, rate);
        Prober prober = Prober.start(demo.url())) {
      report.step("latency: " + rate + " events/s, warm-up " + warmUp + " s");
      long end = System.nanoTime() + Duration.ofSeconds(warmUp).toNanos();
      while (System.nanoTime() < end) {
        send(prober);
      }
      report.step("latency: " + probes + " marked events");
      long acceptedBefore = demo.audit().accepted();
      DemoUsage before = demo.usage();
      long begun = System.nanoTime();
      List<Probe> measured = send(prober, probes);
      Duration length = Duration.ofNanos(System.nanoTime() - begun);
      DemoUsage after = demo.usage();
      double actualRate = Text.perSecond(demo.audit().accepted() - acceptedBefore, length);
      report.add(table(measured).note(conditions(prober, actualRate, after, before, length)));
    }
  }

  private List<Probe> send(Prober prober, int number) throws InterruptedException {
    var sending = new ArrayList<Probe>();
    for (int i = 0; i < number; i++) {
      sending.add(send(prober));
    }
    return sending;
  }

  private Probe send(Prober prober) throws InterruptedException {
    Thread.sleep(random.nextInt(SHORTEST_GAP_MILLIS, LONGEST_GAP_MILLIS + 1));
    return prober.send();
  }

  private Table table(List<Probe> measured) {
    String title = String.format(Locale.ROOT, "Accepted to visible at %,d events/s", rate);
    return new Table(title, "", "p50", "p90", "p99", "max")
        .row("accepted to visible", quantiles(measured, Probe::acceptedToVisible))
        .row("sent to visible", quantiles(measured, Probe::sentToVisible))
        .row("sent to accepted", quantiles(measured, Probe::sentToAccepted));
  }

  private static String[] quantiles(List<Probe> measured, Function<Probe, Duration> time) {
    return Sample.of(measured.stream().map(time).toList()).quantiles().toArray(String[]::new);
  }

  private String conditions(
      Prober prober, double actualRate, DemoUsage after, DemoUsage before, Duration length) {
    Sample queries = prober.queries();
    return String.format(
        Locale.ROOT,
        "%d marked events; of those of the warm-up too, %d were not found within 10 s. %s events/s in"
            + " the log. %,d queries, median %s, %d answered 503. CPU of application and broker: %s of"
            + " one core.",
        probes,
        prober.unseen(),
        Text.count(actualRate),
        queries.size(),
        Text.millis(queries.median()),
        prober.unavailable(),
        Text.shareOfCore(after.cpuSince(before), length));
  }
}
