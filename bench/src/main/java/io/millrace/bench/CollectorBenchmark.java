package io.millrace.bench;

import io.millrace.server.report.Audit;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.LongFunction;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Requests a second of the collector of a running demo without other traffic: first with one event
 * of about 500 bytes each, then with a hundred of them.
 *
 * <pre>
 * warm-up ── all counted ──├── load ──┤── all counted ──┤
 *                          └─ requests, answers' times  │
 *                          └─ CPU ──────────────────────┘
 * </pre>
 *
 * <p>Each answer is a 202, for which the broker has acknowledged the event. The processing counts
 * the events meanwhile, on the same cores, as does this load generator, which is a process of its
 * own. So these are the figures of a whole Millrace and its clients on one machine, not of a
 * collector alone. CPU is told until all events are counted, because what is still to be done when
 * the load ends was caused by it too; the books are checked then.
 */
@Command(name = "collector", description = "Requests a second of the collector.")
final class CollectorBenchmark implements Benchmark {
  private static final int EVENTS_OF_A_BATCH = 100;
  private static final long MOST_EVENTS = 3_000_000;
  private static final long HUNDRED_THOUSAND = 100_000;
  private static final Map<String, Function<Measured, String>> FIGURES = figures();

  @Option(
      names = "--connections",
      paramLabel = "N",
      description = "Connections that are kept open. Default: ${DEFAULT-VALUE}.")
  private int connections = 16;

  @Option(
      names = "--warm-up",
      paramLabel = "SECONDS",
      description = "Load before the measured load. Default: ${DEFAULT-VALUE}.")
  private int warmUp = 10;

  @Option(
      names = "--seconds",
      paramLabel = "SECONDS",
      description = "The measured load. Default: ${DEFAULT-VALUE}.")
  private int seconds = 15;

  /**
   * One kind of load.
   *
   * @param pendingAtEnd events without outcome when the load ended
   * @param application CPU until all was counted, as that of the broker
   * @param generator CPU of this process during the load
   */
  private record Measured(
      int eventsOfRequest,
      Load.Outcome load,
      long pendingAtEnd,
      Duration application,
      Duration broker,
      Duration generator) {

    long events() {
      return load.accepted() * eventsOfRequest;
    }

    double perSecond(long number) {
      return Text.perSecond(number, load.length());
    }
  }

  @Override
  public void run(Program program, Report report) throws IOException, InterruptedException {
    try (TemporaryFolder folder = TemporaryFolder.make();
        Demo demo = Demo.startAndAwait(program, folder, 0)) {
      report.step("collector: single events");
      Measured singles = measure(demo, 1, "single");
      report.step("collector: batches of " + EVENTS_OF_A_BATCH);
      Measured batches = measure(demo, EVENTS_OF_A_BATCH, "batch");
      report.add(table(singles, batches));
    }
  }

  private Measured measure(Demo demo, int events, String name)
      throws IOException, InterruptedException {
    load(events, name + "-warm-up").run(demo.url(), Duration.ofSeconds(warmUp));
    long acceptedBefore = demo.awaitCounted().accepted();
    DemoUsage before = demo.usage();
    Duration generatorBefore = Usage.cpuOf(ProcessHandle.current());
    Load.Outcome load = load(events, name).run(demo.url(), Duration.ofSeconds(seconds));
    Duration generator = Usage.cpuOf(ProcessHandle.current()).minus(generatorBefore);
    long pending = demo.audit().pending();
    Audit counted = demo.awaitCounted();
    DemoUsage after = demo.usage();
    long inLog = counted.accepted() - acceptedBefore;
    if (inLog != load.accepted() * events && load.refused() == 0) {
      throw new BenchmarkException(
          "accepted " + load.accepted() * events + " events, but the log has " + inLog);
    }
    return new Measured(
        events,
        load,
        pending,
        after.applicationCpuSince(before),
        after.brokerCpuSince(before),
        generator);
  }

  private Load load(int events, String run) {
    var sample = new SampleEvents(run);
    LongFunction<byte[]> bodies =
        events == 1 ? sample::single : number -> sample.lines(number * events, events);
    String type = events == 1 ? "application/json" : "application/x-ndjson";
    return new Load(connections, MOST_EVENTS / events, type, bodies);
  }

  private Table table(Measured singles, Measured batches) {
    String title = String.format(Locale.ROOT, "Collector, %d connections", connections);
    var table = new Table(title, "", "1 event a request", EVENTS_OF_A_BATCH + " events a request");
    FIGURES.forEach(
        (name, figure) -> table.row(name, figure.apply(singles), figure.apply(batches)));
    return table;
  }

  private static Map<String, Function<Measured, String>> figures() {
    var figures = new LinkedHashMap<String, Function<Measured, String>>();
    figures.put("requests/s", it -> Text.count(it.perSecond(it.load().accepted())));
    figures.put("events/s", it -> Text.count(it.perSecond(it.events())));
    figures.put("answer p50", it -> Text.millis(it.load().answers().median()));
    figures.put("answer p99", it -> Text.millis(it.load().answers().quantile(0.99)));
    figures.put("refused requests", it -> Text.count(it.load().refused()));
    figures.put("not yet counted at the end", it -> Text.count(it.pendingAtEnd()));
    figures.put(
        "application: CPU per 100,000 events",
        it -> Text.cpuPer(HUNDRED_THOUSAND, it.application(), it.events()));
    figures.put(
        "broker: CPU per 100,000 events",
        it -> Text.cpuPer(HUNDRED_THOUSAND, it.broker(), it.events()));
    figures.put(
        "load generator: CPU per 100,000 events",
        it -> Text.cpuPer(HUNDRED_THOUSAND, it.generator(), it.events()));
    return figures;
  }
}
