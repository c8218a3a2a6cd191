package io.millrace.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Memory and CPU of the whole demo, once without traffic and once with 2,000 events a second, each
 * on a fresh folder.
 *
 * <pre>
 * dashboard answers ── warm-up ──├── interval ──┤ memory is read here
 *                                └─ CPU and events are counted from here
 * </pre>
 *
 * <p>Memory is the proportional set size (PSS) of {@code /proc/PID/smaps_rollup} of the application
 * and its broker; mapped jars and caches are in it, the kernel's page cache is not. CPU is user and
 * kernel time of each process. The application makes the traffic too, and sends it to itself over
 * HTTP, so its share is higher than that of a collector whose clients are elsewhere. Events are
 * those that became part of the log, from the books. Nobody watches the dashboard.
 */
@Command(
    name = "memory",
    description = "Memory at rest and under load, and CPU per million events.")
final class MemoryBenchmark implements Benchmark {
  private static final long MILLION = 1_000_000;

  @Option(
      names = "--rate",
      paramLabel = "N",
      description = "Events a second under load. Default: ${DEFAULT-VALUE}.")
  private int rate = 2_000;

  @Option(
      names = "--warm-up",
      paramLabel = "SECONDS",
      description = "Before the interval. Default: ${DEFAULT-VALUE}.")
  private int warmUp = 30;

  @Option(
      names = "--seconds",
      paramLabel = "SECONDS",
      description = "The interval. Default: ${DEFAULT-VALUE}.")
  private int seconds = 60;

  private record Interval(DemoUsage before, DemoUsage after, Duration length, long events) {}

  @Override
  public void run(Program program, Report report) throws IOException, InterruptedException {
    Interval rest = interval(program, report, 0);
    Interval load = interval(program, report, rate);
    String title = String.format(Locale.ROOT, "Memory and CPU at rest and at %,d events/s", rate);
    var table = new Table(title, "", "application", "broker", "together");
    memory(table, "at rest", rest.after());
    table.row(
        "at rest: CPU, of one core",
        Text.shareOfCore(rest.after().applicationCpuSince(rest.before()), rest.length()),
        Text.shareOfCore(rest.after().brokerCpuSince(rest.before()), rest.length()),
        Text.shareOfCore(rest.after().cpuSince(rest.before()), rest.length()));
    memory(table, "under load", load.after());
    table.row(
        "under load: CPU, of one core",
        Text.shareOfCore(load.after().applicationCpuSince(load.before()), load.length()),
        Text.shareOfCore(load.after().brokerCpuSince(load.before()), load.length()),
        Text.shareOfCore(load.after().cpuSince(load.before()), load.length()));
    table.row(
        "CPU per million events",
        Text.cpuPer(MILLION, load.after().applicationCpuSince(load.before()), load.events()),
        Text.cpuPer(MILLION, load.after().brokerCpuSince(load.before()), load.events()),
        Text.cpuPer(MILLION, load.after().cpuSince(load.before()), load.events()));
    table.note(
        String.format(
            Locale.ROOT,
            "%s events in the log within %s, which is %s/s.",
            Text.count(load.events()),
            Text.seconds(load.length()),
            Text.count(Text.perSecond(load.events(), load.length()))));
    report.add(table);
  }

  private Interval interval(Program program, Report report, int rate)
      throws IOException, InterruptedException {
    report.step("memory: " + rate + " events/s, warm-up " + warmUp + " s, then " + seconds + " s");
    try (TemporaryFolder folder = TemporaryFolder.make();
        Demo demo = Demo.startAndAwait(program, folder, rate)) {
      Thread.sleep(Duration.ofSeconds(warmUp));
      long eventsBefore = demo.audit().accepted();
      long begun = System.nanoTime();
      DemoUsage before = demo.usage();
      Thread.sleep(Duration.ofSeconds(seconds));
      DemoUsage after = demo.usage();
      Duration length = Duration.ofNanos(System.nanoTime() - begun);
      long events = demo.audit().accepted() - eventsBefore;
      if (rate > 0 && events == 0) {
        throw new BenchmarkException("no event became part of the log");
      }
      return new Interval(before, after, length, events);
    }
  }

  private static void memory(Table table, String when, DemoUsage usage) {
    table.row(
        when + ": memory (PSS)",
        Text.mebibytes(usage.application().proportional()),
        Text.mebibytes(usage.broker().proportional()),
        Text.mebibytes(usage.together().proportional()));
    table.row(
        when + ": resident (RSS)",
        Text.mebibytes(usage.application().resident()),
        Text.mebibytes(usage.broker().resident()),
        Text.mebibytes(usage.together().resident()));
  }
}
