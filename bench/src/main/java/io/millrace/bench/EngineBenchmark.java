package io.millrace.bench;

import io.millrace.bench.engine.Arena;
import io.millrace.bench.engine.ArticleProgram;
import io.millrace.bench.engine.Clicks;
import io.millrace.bench.engine.CombinerProgram;
import io.millrace.bench.engine.Contender;
import io.millrace.bench.engine.FlinkSql;
import io.millrace.bench.engine.Floor;
import io.millrace.bench.engine.Format;
import io.millrace.bench.engine.Input;
import io.millrace.bench.engine.Job;
import io.millrace.bench.engine.Whole;
import io.millrace.model.Namespace;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * What an event costs in several engines that do the same job on one broker: pass every click on
 * enriched, and count clicks per URL, exactly once.
 *
 * <pre>
 *   click-events (written before) ──► contender ──┬──► enriched-clicks
 *                                                 └──► url-click-counts ──► are they right?
 * </pre>
 *
 * <p>Each contender runs in a JVM of its own, first with so many events and then with twice as
 * many. A run ends when the counts that a reader of committed records sees are those of the clicks
 * that were written; a contender whose counts are not has no figure. Told is the difference of both
 * runs in CPU seconds, of the contender's process with all that its JVM does and of the broker, so
 * that starting and most of warming up are out of it. CPU, since wall time says more about the
 * machine. Several passes go over all contenders in turn, so that what else the machine does meets
 * all of them; the median of the passes is told. One run before them, which does not count, warms
 * up the broker.
 *
 * <p>The floor is the same job without an engine, once for either format of the input. What reads
 * JSON is compared with the floor that reads JSON.
 */
@Command(name = "engine", description = "CPU for a million events, in several engines.")
final class EngineBenchmark implements Benchmark {
  private static final Duration SHORTEST_PATIENCE = Duration.ofMinutes(4);
  private static final int SLOWEST_EVENTS_A_SECOND = 2_000;

  @Option(
      names = "--events",
      paramLabel = "N",
      description =
          "Events of the smaller run; the other has twice as many. Default: ${DEFAULT-VALUE}.")
  private int events = 100_000;

  @Option(
      names = "--passes",
      paramLabel = "N",
      description = "Over all of them, in turn. Default: ${DEFAULT-VALUE}.")
  private int passes = 1;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "That each engine works with. Default: ${DEFAULT-VALUE}.")
  private int threads = 1;

  @Option(
      names = "--skew",
      paramLabel = "SHARE",
      description = "Share of the events that go to one URL, 0 to 1. Default: ${DEFAULT-VALUE}.")
  private double skew;

  @Option(
      names = "--only",
      paramLabel = "PATTERN",
      description = "Only contenders whose name has this; the floors always. Default: all.")
  private Pattern only = Pattern.compile("");

  @Option(
      names = "--flink-checkpoints",
      paramLabel = "TIME",
      description = "How often Flink commits. Default: ${DEFAULT-VALUE}.")
  private String flinkCheckpoints = "1 s";

  private final Map<Contender, List<Slope>> slopes = new LinkedHashMap<>();
  private final Map<Contender, String> voids = new LinkedHashMap<>();

  @Override
  public void run(Program program, Report report) throws IOException, InterruptedException {
    try (TemporaryFolder folder = TemporaryFolder.make()) {
      try (Arena arena = Arena.open(folder.data())) {
        report.step("engine: writing " + Text.count(6L * events) + " events");
        // Recent: a broker may forget a producer whose last record is older than a day.
        Instant start = Instant.now().minusMillis(2L * events).truncatedTo(ChronoUnit.HOURS);
        Sizes once = sizes(arena, "once", events, start);
        Sizes twice = sizes(arena, "twice", 2 * events, start);
        List<Contender> contenders = contenders(report);
        report.step("engine: warming up the broker");
        run(arena, contenders.getFirst(), once);
        for (int pass = 1; pass <= passes; pass++) {
          for (Contender contender : contenders) {
            report.step("engine: pass " + pass + " of " + passes + ", " + contender.name());
            measure(arena, contender, once, twice, report);
          }
        }
      }
    }
    report(report);
  }

  /** The clicks of one size in both formats, and the counts that must come of them. */
  private record Sizes(Map<Format, Input> inputs, Map<String, Long> counts) {
    Input of(Contender contender) {
      return Optional.ofNullable(inputs.get(contender.format())).orElseThrow();
    }
  }

  private Sizes sizes(Arena arena, String name, int size, Instant start) {
    var clicks = new Clicks(size, skew, start.toEpochMilli());
    var inputs = new EnumMap<Format, Input>(Format.class);
    for (Format format : Format.values()) {
      var namespace = new Namespace(name + "-" + format.name().toLowerCase(Locale.ROOT));
      var input = new Input(format, clicks, namespace);
      arena.fill(input);
      inputs.put(format, input);
    }
    return new Sizes(inputs, clicks.urlCounts());
  }

  private List<Contender> contenders(Report report) {
    Path flink = Path.of(System.getProperty("millrace.bench.flink", "bench/flink/target"));
    List<Contender> all =
        List.of(
            new Floor(Format.JSON),
            new Floor(Format.AVRO),
            new ArticleProgram(false),
            new ArticleProgram(true),
            new FlinkSql(flink, 1, flinkCheckpoints),
            new CombinerProgram(),
            new Whole(1),
            new FlinkSql(flink, 10, flinkCheckpoints),
            new Whole(10),
            new Whole(50));
    var chosen = new ArrayList<Contender>();
    for (Contender contender : all) {
      if (contender instanceof Floor || only.matcher(contender.name()).find()) {
        contender
            .obstacle()
            .ifPresentOrElse(
                obstacle -> report.step("engine: without " + contender.name() + ", " + obstacle),
                () -> chosen.add(contender));
      }
    }
    return chosen;
  }

  private void measure(Arena arena, Contender contender, Sizes once, Sizes twice, Report report)
      throws IOException, InterruptedException {
    if (voids.containsKey(contender)) {
      return;
    }
    try {
      Slope.Cost small = run(arena, contender, once);
      Slope.Cost large = run(arena, contender, twice);
      Slope slope = Slope.between(small, large, events);
      slopes.computeIfAbsent(contender, first -> new ArrayList<>()).add(slope);
      report.step(
          "engine: "
              + decimal(slope.applicationPerMillion())
              + " s + "
              + decimal(slope.brokerPerMillion())
              + " s of the broker");
    } catch (BenchmarkException failure) {
      voids.put(contender, String.valueOf(failure.getMessage()));
    }
  }

  private Slope.Cost run(Arena arena, Contender contender, Sizes sizes)
      throws IOException, InterruptedException {
    Input input = sizes.of(contender);
    arena.prepare(input, contender);
    try (TemporaryFolder folder = TemporaryFolder.make()) {
      var job =
          new Job(arena.bootstrapServers(), input.namespace(), folder.data(), threads, List.of());
      Duration brokerBefore = Usage.cpuOf(arena.broker());
      Process process =
          new ProcessBuilder(contender.command(job))
              .redirectErrorStream(true)
              .redirectOutput(folder.outputFile().toFile())
              .start();
      Thread ending = new Thread(process::destroyForcibly);
      Runtime.getRuntime().addShutdownHook(ending);
      try {
        long deadline = System.nanoTime() + patience(input).toNanos();
        Optional<String> wrong =
            arena.await(
                contender,
                job,
                sizes.counts(),
                () -> process.isAlive() && System.nanoTime() < deadline);
        if (wrong.isPresent()) {
          throw new BenchmarkException(wrong.get() + ending(folder));
        }
        return new Slope.Cost(
            Usage.cpuOf(process.toHandle()), Usage.cpuOf(arena.broker()).minus(brokerBefore));
      } finally {
        end(process);
        Runtime.getRuntime().removeShutdownHook(ending);
      }
    }
  }

  private static Duration patience(Input input) {
    return SHORTEST_PATIENCE.plusSeconds(input.clicks().events() / SLOWEST_EVENTS_A_SECOND);
  }

  private static String ending(TemporaryFolder folder) {
    String output = folder.output().strip();
    int length = Math.min(output.length(), 1_500);
    return output.isEmpty() ? "" : "; it said: " + output.substring(output.length() - length);
  }

  private static void end(Process process) throws InterruptedException {
    process.destroy();
    if (!process.waitFor(20, TimeUnit.SECONDS)) {
      process.destroyForcibly().waitFor();
    }
  }

  private void report(Report report) {
    String title =
        String.format(
            Locale.ROOT,
            "CPU seconds for a million events, %,d and %,d events, %d pass(es), %d thread(s)%s",
            events,
            2 * events,
            passes,
            threads,
            skew > 0 ? String.format(Locale.ROOT, ", skew %.2f", skew) : "");
    var table =
        new Table(title, "", "application", "broker", "together", "× floor", "least", "most");
    var chart = new BarChart("application and broker, CPU seconds for a million events");
    slopes.forEach(
        (contender, measured) -> {
          double together = median(measured, Slope::togetherPerMillion);
          table.row(
              contender.name(),
              decimal(median(measured, Slope::applicationPerMillion)),
              decimal(median(measured, Slope::brokerPerMillion)),
              decimal(together),
              floor(contender).map(floor -> decimal(together / floor)).orElse(""),
              decimal(measured.stream().mapToDouble(Slope::togetherPerMillion).min().orElseThrow()),
              decimal(
                  measured.stream().mapToDouble(Slope::togetherPerMillion).max().orElseThrow()));
          chart.bar(contender.name(), together);
        });
    voids.forEach(
        (contender, reason) -> table.note(contender.name() + " has no figure: " + reason));
    report.add(table);
    report.add(chart);
  }

  private Optional<Double> floor(Contender contender) {
    return Optional.ofNullable(slopes.get(new Floor(contender.format())))
        .map(measured -> median(measured, Slope::togetherPerMillion));
  }

  private static double median(List<Slope> slopes, ToDoubleFunction<Slope> figure) {
    double[] sorted = slopes.stream().mapToDouble(figure).sorted().toArray();
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  private static String decimal(double number) {
    return String.format(Locale.ROOT, "%.1f", number);
  }
}
