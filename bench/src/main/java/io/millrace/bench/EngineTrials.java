package io.millrace.bench;

import io.millrace.bench.engine.Arena;
import io.millrace.bench.engine.Clicks;
import io.millrace.bench.engine.Contender;
import io.millrace.bench.engine.Format;
import io.millrace.bench.engine.Input;
import io.millrace.bench.engine.Job;
import io.millrace.model.Namespace;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Lets contenders do their job on one broker and tells what it cost. A run whose results are wrong
 * has no cost: its counts are looked at each time, what it passed on once for each contender. For
 * one thread.
 */
final class EngineTrials implements AutoCloseable {
  private static final Duration SHORTEST_PATIENCE = Duration.ofMinutes(4);
  private static final int SLOWEST_EVENTS_A_SECOND = 2_000;

  private final TemporaryFolder folder;
  private final Arena arena;
  private final Set<Contender> compared = new HashSet<>();

  private EngineTrials(TemporaryFolder folder) {
    this.folder = folder;
    this.arena = Arena.open(folder.data());
  }

  static EngineTrials open() throws IOException {
    return new EngineTrials(TemporaryFolder.make());
  }

  /** The clicks of one size in both formats, and the counts that must come of them. */
  private record Size(Map<Format, Input> inputs, Map<String, Long> counts) {
    Input of(Contender contender) {
      return Optional.ofNullable(inputs.get(contender.format())).orElseThrow();
    }
  }

  /**
   * What is to be done: so many events, and twice as many.
   *
   * @param threads of each engine
   */
  record Work(int events, Size once, Size twice, int threads) {

    Work with(int otherThreads) {
      return new Work(events, once, twice, otherThreads);
    }
  }

  /**
   * Writes the clicks of both sizes.
   *
   * @param name that no other work has
   */
  Work work(String name, int events, double skew, int threads) {
    // Recent: a broker may forget a producer whose last record is older than a day.
    Instant start = Instant.now().minusMillis(2L * events).truncatedTo(ChronoUnit.HOURS);
    return new Work(
        events,
        size(name + "-once", events, skew, start),
        size(name + "-twice", 2 * events, skew, start),
        threads);
  }

  private Size size(String name, int events, double skew, Instant start) {
    var clicks = new Clicks(events, skew, start.toEpochMilli());
    var inputs = new EnumMap<Format, Input>(Format.class);
    for (Format format : Format.values()) {
      var namespace = new Namespace(name + "-" + format.name().toLowerCase(Locale.ROOT));
      var input = new Input(format, clicks, namespace);
      arena.fill(input);
      inputs.put(format, input);
    }
    return new Size(inputs, clicks.urlCounts());
  }

  /** One run that does not count, so that the broker is not the first contender's to warm up. */
  void warmUp(Contender contender, Work work) throws IOException, InterruptedException {
    run(contender, work.once(), work.threads());
  }

  Slope slope(Contender contender, Work work) throws IOException, InterruptedException {
    Slope.Cost once = run(contender, work.once(), work.threads());
    Slope.Cost twice = run(contender, work.twice(), work.threads());
    return Slope.between(once, twice, work.events());
  }

  private Slope.Cost run(Contender contender, Size size, int threads)
      throws IOException, InterruptedException {
    Input input = size.of(contender);
    arena.prepare(input, contender);
    try (TemporaryFolder own = TemporaryFolder.make()) {
      var job =
          new Job(arena.bootstrapServers(), input.namespace(), own.data(), threads, List.of());
      Duration brokerBefore = Usage.cpuOf(arena.broker());
      long begun = System.nanoTime();
      Process process =
          new ProcessBuilder(contender.command(job))
              .redirectErrorStream(true)
              .redirectOutput(own.outputFile().toFile())
              .start();
      Thread ending = new Thread(process::destroyForcibly);
      Runtime.getRuntime().addShutdownHook(ending);
      try {
        requireRight(awaitCounts(contender, size, job, process), own);
        var cost =
            new Slope.Cost(
                Usage.cpuOf(process.toHandle()),
                Usage.cpuOf(arena.broker()).minus(brokerBefore),
                Duration.ofNanos(System.nanoTime() - begun));
        if (contender.format() == Format.JSON && compared.add(contender)) {
          requireRight(arena.compare(job, input), own);
        }
        return cost;
      } finally {
        end(process);
        Runtime.getRuntime().removeShutdownHook(ending);
      }
    }
  }

  private Optional<String> awaitCounts(Contender contender, Size size, Job job, Process process) {
    Input input = size.of(contender);
    long deadline = System.nanoTime() + patience(input).toNanos();
    return arena.await(
        contender,
        job,
        input,
        size.counts(),
        () -> process.isAlive() && System.nanoTime() < deadline);
  }

  private static Duration patience(Input input) {
    return SHORTEST_PATIENCE.plusSeconds(input.clicks().events() / SLOWEST_EVENTS_A_SECOND);
  }

  private static void requireRight(Optional<String> wrong, TemporaryFolder folder) {
    if (wrong.isPresent()) {
      throw new BenchmarkException(wrong.get() + ending(folder));
    }
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

  @Override
  public void close() throws IOException {
    arena.close();
    folder.close();
  }
}
