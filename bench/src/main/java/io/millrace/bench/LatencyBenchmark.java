package io.millrace.bench;

import io.millrace.server.report.Audit;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Accepted to visible: how long after the collector's 202 an event is in the answers of a view,
 * beside a load of so many events a second.
 *
 * <pre>
 * about to send ── 202 has been read ── an answer of the view with the event has been read
 *   sent              accepted            visible
 * </pre>
 *
 * <p>About ten marked events a second are sent, each in a request of its own; see {@link Prober}
 * for how they are found and what that costs. The times between them vary at random, or they would
 * always hit the same moment between two commits of the processing, which are as regular. An event
 * not found within ten seconds counts with these. The view is read over HTTP, so its answer's time
 * is in the figure; what a browser takes to show it is not.
 *
 * <p>The load is the demo's own traffic as far as the demo can make that, and beyond it batches of
 * a hundred events a request, which cost the machine that also does the processing much less
 * ({@link PacedLoad}). Whether the processing kept up is said ({@link Pace}). If it did not, there
 * is no latency to tell, since it grows for as long as one measures; then the rate that was counted
 * while the backlog grew is the figure, and measuring ends once the backlog is ten seconds of the
 * load.
 */
@Command(name = "latency", description = "From accepted to visible in a view.")
final class LatencyBenchmark implements Benchmark {
  private static final int SHORTEST_GAP_MILLIS = 50;
  private static final int LONGEST_GAP_MILLIS = 150;
  private static final long SEED = 20_261_101;
  private static final int MOST_OF_THE_DEMO = 2_000;
  private static final int BATCH = 100;
  private static final int PROBES_BETWEEN_LOOKS = 50;
  private static final int LARGEST_BACKLOG_SECONDS = 10;

  @Option(
      names = "--rate",
      paramLabel = "N",
      split = ",",
      description = "Events a second, or several such loads. Default: ${DEFAULT-VALUE}.")
  private List<Integer> rates = List.of(1_000);

  @Option(
      names = "--batch",
      paramLabel = "N",
      description =
          "Events of a request of the load; 0 for the demo's own traffic, in single events."
              + " Default: 0 up to 2,000 events a second, beyond that 100.")
  private Optional<Integer> batch = Optional.empty();

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
    for (int rate : rates) {
      run(program, report, rate);
    }
  }

  private void run(Program program, Report report, int rate)
      throws IOException, InterruptedException {
    int events = batchAt(rate);
    try (TemporaryFolder folder = TemporaryFolder.make();
        Demo demo = Demo.startAndAwait(program, folder, events == 0 ? rate : 0);
        Prober prober = Prober.start(demo.url())) {
      if (events == 0) {
        measure(demo, prober, report, rate);
        return;
      }
      var sample = new SampleEvents("load");
      try (PacedLoad load = PacedLoad.start(demo.url(), sample, events, rate)) {
        measure(demo, prober, report, rate);
        if (load.refused() > 0) {
          report.step("latency: " + load.refused() + " requests of the load were not accepted");
        }
      }
    }
  }

  int batchAt(int rate) {
    return batch.orElse(rate <= MOST_OF_THE_DEMO ? 0 : BATCH);
  }

  List<Integer> rates() {
    return rates;
  }

  private void measure(Demo demo, Prober prober, Report report, int rate)
      throws IOException, InterruptedException {
    report.step("latency: " + rate + " events/s, warm-up " + warmUp + " s");
    long end = System.nanoTime() + Duration.ofSeconds(warmUp).toNanos();
    while (System.nanoTime() < end) {
      var _ = send(prober);
    }
    report.step("latency: " + probes + " marked events");
    Audit before = demo.audit();
    DemoUsage usageBefore = demo.usage();
    long begun = System.nanoTime();
    List<Probe> measured = send(demo, prober, before.pending() + largestGrowth(rate));
    Audit after = demo.audit();
    Duration length = Duration.ofNanos(System.nanoTime() - begun);
    Pace pace = Pace.between(before, after, length, rate);
    if (pace.isSustained() && measured.size() < probes) {
      throw new BenchmarkException("the view could not be watched to the end. " + pace.text());
    }
    String cpu = Text.shareOfCore(demo.usage().cpuSince(usageBefore), length);
    report.add(
        table(rate, pace, measured)
            .note(pace.text())
            .note(conditions(prober, measured.size(), cpu)));
  }

  private static long largestGrowth(int rate) {
    return (long) LARGEST_BACKLOG_SECONDS * rate;
  }

  /** Ends early when the backlog grows beyond what it may be, or the view answers no more. */
  private List<Probe> send(Demo demo, Prober prober, long largestBacklog)
      throws InterruptedException {
    var sending = new ArrayList<Probe>();
    while (sending.size() < probes) {
      Optional<Probe> probe = send(prober);
      if (probe.isEmpty()) {
        break;
      }
      sending.add(probe.get());
      if (sending.size() % PROBES_BETWEEN_LOOKS == 0 && demo.audit().pending() > largestBacklog) {
        break;
      }
    }
    return sending;
  }

  /** Nothing where the view is not watched any longer, as under a load that is too much. */
  private Optional<Probe> send(Prober prober) throws InterruptedException {
    Thread.sleep(random.nextInt(SHORTEST_GAP_MILLIS, LONGEST_GAP_MILLIS + 1));
    try {
      return Optional.of(prober.send());
    } catch (BenchmarkException unwatched) {
      return Optional.empty();
    }
  }

  private Table table(int rate, Pace pace, List<Probe> measured) {
    int events = batchAt(rate);
    String title =
        String.format(Locale.ROOT, "Accepted to visible at %,d events/s", rate)
            + (events == 0 ? "" : ", " + events + " a request");
    if (!pace.isSustained()) {
      return new Table(title, "", "events/s")
          .row("accepted", Text.count(pace.acceptedPerSecond()))
          .row("counted", Text.count(pace.countedPerSecond()));
    }
    return new Table(title, "", "p50", "p90", "p99", "max")
        .row("accepted to visible", quantiles(measured, Probe::acceptedToVisible))
        .row("sent to visible", quantiles(measured, Probe::sentToVisible))
        .row("sent to accepted", quantiles(measured, Probe::sentToAccepted));
  }

  private static String[] quantiles(List<Probe> measured, Function<Probe, Duration> time) {
    return Sample.of(measured.stream().map(time).toList()).quantiles().toArray(String[]::new);
  }

  private static String conditions(Prober prober, int measured, String cpu) {
    Sample queries = prober.queries();
    return String.format(
        Locale.ROOT,
        "%d marked events; of those of the warm-up too, %d were not found within 10 s. %,d queries,"
            + " median %s, %d answered 503. CPU of application and broker: %s of one core.",
        measured,
        prober.unseen(),
        queries.size(),
        Text.millis(queries.median()),
        prober.unavailable(),
        cpu);
  }
}
