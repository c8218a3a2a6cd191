package io.millrace.bench;

import io.millrace.bench.engine.Contender;
import io.millrace.bench.engine.FlinkSql;
import io.millrace.bench.engine.Floor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
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
 * that were written; a contender whose counts are not has no figure, nor one that reads JSON and
 * passed a click on otherwise than the rules say. Told is the difference of both runs in CPU
 * seconds, of the contender's process with all that its JVM does and of the broker, so that
 * starting and most of warming up are out of it. CPU, since wall time says more about the machine.
 * Several passes go over all contenders in turn, so that what else the machine does meets all of
 * them; the median of the passes is told. One run before them, which does not count, warms up the
 * broker.
 *
 * <p>The floor is the same job without an engine, once for either format of the input. What reads
 * JSON is compared with the floor that reads JSON.
 *
 * <p>With {@code --compare} each contender does the job plainly and then as it is to be compared,
 * one after the other, and told is how many times as much that costs ({@link Ratio}).
 */
@Command(name = "engine", description = "CPU for a million events, in several engines.")
final class EngineBenchmark implements Benchmark {
  private static final Pattern ALL = Pattern.compile("");
  private static final Pattern TO_BE_COMPARED = Pattern.compile("Millrace.*(same job|10 views)");
  private static final int PASSES = 1;
  private static final int PASSES_TO_COMPARE = 3;
  private static final double HALF = 0.5;

  /** What can be compared with the plain job. */
  enum Compared {
    /** One page has half of the clicks, or the share that {@code --skew} says. */
    SKEW,
    /** Two threads, or as many as {@code --threads} says. */
    THREADS
  }

  @Option(
      names = "--events",
      paramLabel = "N",
      description =
          "Events of the smaller run; the other has twice as many. Default: ${DEFAULT-VALUE}.")
  private int events = 100_000;

  @Option(
      names = "--passes",
      paramLabel = "N",
      description = "Over all of them, in turn. Default: 1, with --compare 3.")
  private Optional<Integer> passes = Optional.empty();

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
      names = "--compare",
      paramLabel = "skew|threads",
      description =
          "One thread without skew against this: half of the events to one URL (or --skew), or two"
              + " threads (or --threads).")
  private Optional<Compared> compared = Optional.empty();

  @Option(
      names = "--only",
      paramLabel = "PATTERN",
      description =
          "Only contenders whose name has this; the floors always, but with --compare. Default: all,"
              + " with --compare Millrace's on the same job and with 10 views.")
  private Optional<Pattern> only = Optional.empty();

  @Option(
      names = "--flink-checkpoints",
      paramLabel = "TIME",
      description = "How often Flink commits. Default: ${DEFAULT-VALUE}.")
  private String flinkCheckpoints = "1 s";

  @Option(
      names = "--flink-state",
      paramLabel = "hashmap|rocksdb",
      description = "Where Flink keeps the state of ten views. Default: ${DEFAULT-VALUE}.")
  private String flinkState = FlinkSql.ON_HEAP;

  private final Map<Contender, List<Slope>> slopes = new LinkedHashMap<>();
  private final Map<Contender, List<Slope>> variants = new LinkedHashMap<>();
  private final Map<Contender, String> voids = new LinkedHashMap<>();

  @Override
  public void run(Program program, Report report) throws IOException, InterruptedException {
    List<Contender> contenders =
        EngineContenders.chosen(
            EngineContenders.all(flinkCheckpoints, flinkState), this::isWanted, report);
    if (contenders.isEmpty()) {
      throw new BenchmarkException("no contender has such a name");
    }
    try (EngineTrials trials = EngineTrials.open()) {
      if (compared.isPresent()) {
        compare(compared.get(), contenders, trials, report);
        report.add(comparison(compared.get()));
      } else {
        measure(contenders, trials, report);
        report(report);
      }
    }
  }

  boolean isWanted(Contender contender) {
    Pattern pattern = only.orElse(compared.isPresent() ? TO_BE_COMPARED : ALL);
    return (compared.isEmpty() && isFloor(contender)) || pattern.matcher(contender.name()).find();
  }

  private static boolean isFloor(Contender contender) {
    return contender.equals(Floor.of(contender.format()));
  }

  int passes() {
    return passes.orElse(compared.isPresent() ? PASSES_TO_COMPARE : PASSES);
  }

  private double comparedSkew() {
    return skew > 0 ? skew : HALF;
  }

  private int comparedThreads() {
    return Math.max(2, threads);
  }

  private void measure(List<Contender> contenders, EngineTrials trials, Report report)
      throws IOException, InterruptedException {
    report.step("engine: writing " + Text.count(6L * events) + " events");
    EngineTrials.Work work = trials.work("clicks", events, skew, threads);
    report.step("engine: warming up the broker");
    trials.warmUp(contenders.getFirst(), work);
    for (int pass = 1; pass <= passes(); pass++) {
      for (Contender contender : contenders) {
        report.step("engine: pass " + pass + " of " + passes() + ", " + contender.name());
        measure(contender, work, slopes, trials, report);
      }
    }
  }

  private void compare(
      Compared what, List<Contender> contenders, EngineTrials trials, Report report)
      throws IOException, InterruptedException {
    report.step("engine: writing events");
    EngineTrials.Work plain = trials.work("plain", events, 0, 1);
    EngineTrials.Work variant =
        switch (what) {
          case SKEW -> trials.work("skewed", events, comparedSkew(), 1);
          case THREADS -> plain.with(comparedThreads());
        };
    report.step("engine: warming up the broker");
    trials.warmUp(contenders.getFirst(), plain);
    for (int pass = 1; pass <= passes(); pass++) {
      for (Contender contender : contenders) {
        report.step("engine: pass " + pass + " of " + passes() + ", " + contender.name());
        measure(contender, plain, slopes, trials, report);
        measure(contender, variant, variants, trials, report);
      }
    }
  }

  /** A contender that has failed once is not tried again, and has no figure. */
  private void measure(
      Contender contender,
      EngineTrials.Work work,
      Map<Contender, List<Slope>> into,
      EngineTrials trials,
      Report report)
      throws IOException, InterruptedException {
    if (voids.containsKey(contender)) {
      return;
    }
    try {
      Slope slope = trials.slope(contender, work);
      into.computeIfAbsent(contender, first -> new ArrayList<>()).add(slope);
      report.step(
          "engine: "
              + decimal(slope.applicationPerMillion())
              + " s + "
              + decimal(slope.brokerPerMillion())
              + " s of the broker");
    } catch (BenchmarkException failure) {
      voids.put(contender, String.valueOf(failure.getMessage()));
      report.step("engine: no figure for " + contender.name() + ": " + failure.getMessage());
    }
  }

  private void report(Report report) {
    String title =
        String.format(
            Locale.ROOT,
            "CPU seconds for a million events, %,d and %,d events, %d pass(es), %d thread(s)%s",
            events,
            2 * events,
            passes(),
            threads,
            skew > 0 ? String.format(Locale.ROOT, ", skew %.2f", skew) : "");
    var table =
        new Table(title, "", "application", "broker", "together", "× floor", "least", "most");
    var chart = new BarChart("application and broker, CPU seconds for a million events");
    slopes.forEach(
        (contender, measured) -> {
          if (voids.containsKey(contender)) {
            return;
          }
          double together = Slope.median(measured, Slope::togetherPerMillion);
          table.row(
              contender.name(),
              decimal(Slope.median(measured, Slope::applicationPerMillion)),
              decimal(Slope.median(measured, Slope::brokerPerMillion)),
              decimal(together),
              floor(contender).map(floor -> decimal(together / floor)).orElse(""),
              decimal(measured.stream().mapToDouble(Slope::togetherPerMillion).min().orElseThrow()),
              decimal(
                  measured.stream().mapToDouble(Slope::togetherPerMillion).max().orElseThrow()));
          chart.bar(contender.name(), together);
        });
    noteVoids(table);
    report.add(table);
    report.add(chart);
  }

  private Table comparison(Compared what) {
    String variant =
        switch (what) {
          case SKEW -> String.format(Locale.ROOT, "%.0f %% to one URL", 100 * comparedSkew());
          case THREADS -> comparedThreads() + " threads";
        };
    String title =
        String.format(
            Locale.ROOT,
            "One thread without skew, and %s: seconds for a million events, %,d and %,d events, %d"
                + " pass(es)",
            variant,
            events,
            2 * events,
            passes());
    var table =
        new Table(title, "", "CPU plain", variant, "× CPU", "time plain", variant, "× time");
    variants.forEach(
        (contender, measured) -> {
          if (voids.containsKey(contender)) {
            return;
          }
          List<Slope> plain = slopes.getOrDefault(contender, List.of());
          table.row(
              contender.name(),
              decimal(Slope.median(plain, Slope::togetherPerMillion)),
              decimal(Slope.median(measured, Slope::togetherPerMillion)),
              Ratio.of(plain, measured, Slope::togetherPerMillion).map(Ratio::text).orElse("–"),
              decimal(Slope.median(plain, Slope::wallPerMillion)),
              decimal(Slope.median(measured, Slope::wallPerMillion)),
              Ratio.of(plain, measured, Slope::wallPerMillion).map(Ratio::text).orElse("–"));
        });
    noteVoids(table);
    return table.note("Ratios: median of the passes, and from the least to the most.");
  }

  private void noteVoids(Table table) {
    voids.forEach(
        (contender, reason) -> table.note(contender.name() + " has no figure: " + reason));
  }

  private Optional<Double> floor(Contender contender) {
    return Optional.ofNullable(slopes.get(Floor.of(contender.format())))
        .map(measured -> Slope.median(measured, Slope::togetherPerMillion));
  }

  private static String decimal(double number) {
    return String.format(Locale.ROOT, "%.1f", number);
  }
}
