package io.millrace.bench;

import io.millrace.bench.micro.CombinerAdd;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Nanoseconds and allocated bytes of single operations, by JMH: the codec, the steps of enrichment,
 * adding to the combiner and to views in SQL, merging sketches. They are the classes of {@code
 * io.millrace.bench.micro}.
 *
 * <p>Each operation runs in a JVM of its own, on one thread, first to warm up and then in several
 * rounds. Told is the mean of the rounds, half the width of its 99.9 % interval, and the least of
 * them, which on a busy machine says more: JMH measures the time that passes, and whatever else the
 * machine does only adds to it. Bytes do not depend on that; they come from the JVM's own account.
 */
@Command(name = "micro", description = "Nanoseconds and bytes of single operations, by JMH.")
final class MicroBenchmark implements Benchmark {
  private static final int WARM_UP_ROUNDS = 3;
  private static final String ALLOCATED = "gc.alloc.rate.norm";

  @Option(
      names = "--rounds",
      paramLabel = "N",
      description = "That are measured. Default: ${DEFAULT-VALUE}.")
  private int rounds = 5;

  @Option(
      names = "--round-millis",
      paramLabel = "N",
      description = "How long a round takes. Default: ${DEFAULT-VALUE}.")
  private int roundMillis = 400;

  @Option(
      names = "--forks",
      paramLabel = "N",
      description = "JVMs for each operation, one after the other. Default: ${DEFAULT-VALUE}.")
  private int forks = 1;

  @Option(
      names = "--only",
      paramLabel = "PATTERN",
      description = "Only operations whose class and method have this. Default: all.")
  private String only = "";

  @Override
  public void run(Program program, Report report) {
    report.step("micro: JMH, some seconds for each operation");
    Collection<RunResult> results = measure();
    var table =
        new Table(
            String.format(Locale.ROOT, "Single operations, %d JVM(s), %d rounds", forks, rounds),
            "",
            "mean",
            "±",
            "least",
            "allocated");
    results.stream()
        .sorted(Comparator.comparing(result -> result.getParams().getBenchmark()))
        .forEach(result -> add(table, result));
    report.add(table);
  }

  private Collection<RunResult> measure() {
    String operations = CombinerAdd.class.getPackageName() + ".*" + only;
    Options options =
        new OptionsBuilder()
            .include(operations)
            .mode(Mode.AverageTime)
            .timeUnit(TimeUnit.NANOSECONDS)
            .forks(forks)
            .warmupIterations(WARM_UP_ROUNDS)
            .warmupTime(TimeValue.milliseconds(roundMillis))
            .measurementIterations(rounds)
            .measurementTime(TimeValue.milliseconds(roundMillis))
            .addProfiler(GCProfiler.class)
            .jvmArgs(
                "-XX:+UseSerialGC",
                "-Xmx1g",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow")
            .verbosity(VerboseMode.SILENT)
            .shouldFailOnError(true)
            .build();
    // Its lock is one file for all users of the machine.
    System.setProperty("jmh.ignoreLock", "true");
    try {
      return new Runner(options).run();
    } catch (RunnerException failure) {
      throw new BenchmarkException("JMH: " + failure.getMessage());
    }
  }

  private static void add(Table table, RunResult result) {
    Result<?> time = result.getPrimaryResult();
    table.row(
        operation(result.getParams().getBenchmark()) + parameters(result),
        nanos(time.getScore()),
        nanos(time.getScoreError()),
        nanos(time.getStatistics().getMin()),
        allocated(result));
  }

  /** Such as {@code , views 10, written in sql}; nothing where it has none. */
  private static String parameters(RunResult result) {
    return result.getParams().getParamsKeys().stream()
        .map(
            key ->
                ", "
                    + key
                    + " "
                    + result.getParams().getParam(key).toLowerCase(Locale.ROOT).replace('_', ' '))
        .collect(Collectors.joining());
  }

  private static String allocated(RunResult result) {
    for (String name : result.getSecondaryResults().keySet()) {
      if (name.endsWith(ALLOCATED)) {
        double bytes = result.getSecondaryResults().get(name).getScore();
        return String.format(Locale.ROOT, "%,.0f B", bytes);
      }
    }
    return "not told";
  }

  static String nanos(double nanos) {
    if (Double.isNaN(nanos)) {
      return "–";
    }
    return String.format(Locale.ROOT, nanos < 100 ? "%,.1f ns" : "%,.0f ns", nanos);
  }

  /** Such as {@code sketch merge: few into many} for {@code …micro.SketchMerge.fewIntoMany}. */
  static String operation(String benchmark) {
    List<String> parts = List.of(benchmark.split("\\."));
    return words(parts.get(parts.size() - 2)) + ": " + words(parts.getLast());
  }

  private static String words(String name) {
    return name.replaceAll("(?<=[a-z])(?=[A-Z])", " ").toLowerCase(Locale.ROOT);
  }
}
