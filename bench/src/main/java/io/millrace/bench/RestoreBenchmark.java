package io.millrace.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * How long a start takes whose stores are gone, as after the loss of their disk, and how much of
 * that is reading them back from their changelogs in Kafka.
 *
 * <pre>
 *   events ── all counted ── stop ── start ── stop ── stores deleted ── start
 *                                      └ with stores ┘                    └ without ┘
 * </pre>
 *
 * <p>The state is made by the program itself, from so many events of so many visitors: what is
 * remembered of visitors and their events, their sessions, the cells of the views. <i>Ready</i> is
 * when {@code /health/ready} answers 200, that is when every task works, with its stores restored;
 * <i>first answer</i> when the books, which lie in those stores, tell of all events again. The
 * start with stores does the same but restore, so the difference in CPU is what restoring costs.
 * How long it took is the program's own word, from its first store to its last: the two starts also
 * differ by what else the machine did.
 */
@Command(name = "restore", description = "Start without its stores, and seconds per GB of them.")
final class RestoreBenchmark implements Benchmark {
  private static final int BATCH = 100;
  private static final int CONNECTIONS = 8;
  private static final Duration INTERVAL = Duration.ofMillis(50);

  /** Slower than any machine that one would measure on. */
  private static final int SLOWEST_EVENTS_A_SECOND = 500;

  @Option(
      names = "--events",
      paramLabel = "N",
      description = "That the state is made from. Default: ${DEFAULT-VALUE}.")
  private int events = 200_000;

  @Option(
      names = "--visitors",
      paramLabel = "N",
      description = "That the events are of. Default: ${DEFAULT-VALUE}.")
  private int visitors = 100_000;

  /**
   * One start on a folder with data.
   *
   * @param restoring how long it read its stores back, as the program tells
   * @param restored records
   */
  private record Start(
      Duration ready, Duration answer, Duration cpu, Duration restoring, long restored) {}

  @Override
  public void run(Program program, Report report) throws IOException, InterruptedException {
    try (TemporaryFolder folder = TemporaryFolder.make()) {
      report.step("restore: making state from " + Text.count(events) + " events");
      long accepted = fill(program, folder);
      StateSize size = StateSize.of(folder.data());
      report.step("restore: start with stores");
      Start with = start(program, folder, accepted);
      size.deleteStores();
      report.step("restore: start without stores, " + Text.mebibytes(size.stores()) + " deleted");
      Start without = start(program, folder, accepted);
      if (without.restored() == 0) {
        throw new BenchmarkException("the stores were deleted, but nothing was restored");
      }
      report.add(table(with, without, size));
    }
  }

  private long fill(Program program, TemporaryFolder folder)
      throws IOException, InterruptedException {
    try (Demo demo = Demo.startAndAwait(program, folder, 0)) {
      var sample = new SampleEvents("state", visitors);
      var load =
          new Load(
              CONNECTIONS,
              events / BATCH,
              "application/x-ndjson",
              number -> sample.lines(number * BATCH, BATCH));
      load.run(demo.url(), patience());
      return demo.awaitCounted(patience()).accepted();
    }
  }

  private Duration patience() {
    return Duration.ofMinutes(2).plusSeconds(events / SLOWEST_EVENTS_A_SECOND);
  }

  private Start start(Program program, TemporaryFolder folder, long accepted)
      throws IOException, InterruptedException {
    try (Demo demo = Demo.start(program, folder, 0)) {
      Duration ready = demo.await("readiness", INTERVAL, patience(), demo::isReady);
      Duration answer =
          demo.await(
              "answer with all events",
              INTERVAL,
              patience(),
              () -> demo.audit().processed() >= accepted);
      Duration cpu = demo.cpu();
      double restoring = demo.metric("millrace_restore_seconds_total");
      double restored = demo.metric("millrace_restored_records_total");
      return new Start(
          ready, answer, cpu, Duration.ofNanos((long) (restoring * 1e9)), (long) restored);
    }
  }

  private Table table(Start with, Start without, StateSize size) {
    String title =
        String.format(
            Locale.ROOT, "Restore, %,d events of %,d visitors", events, Math.min(events, visitors));
    Duration restoring = without.restoring();
    var table =
        new Table(title, "", "with stores", "without", "difference")
            .row("ready", figures(with.ready(), without.ready()))
            .row("first answer", figures(with.answer(), without.answer()))
            .row("CPU until then", figures(with.cpu(), without.cpu()))
            .row("restoring", figures(with.restoring(), without.restoring()))
            .row(
                "records restored",
                Text.count(with.restored()),
                Text.count(without.restored()),
                Text.count(without.restored() - with.restored()));
    table.note(
        String.format(
            Locale.ROOT,
            "Stores %s, their changelogs %s on disk: %s per GB of stores, %s per GB of changelogs.",
            Text.mebibytes(size.stores()),
            Text.mebibytes(size.changelogs()),
            StateSize.secondsPerGigabyte(restoring, size.stores()),
            StateSize.secondsPerGigabyte(restoring, size.changelogs())));
    return table;
  }

  private static String[] figures(Duration with, Duration without) {
    return new String[] {
      Text.seconds(with), Text.seconds(without), Text.seconds(without.minus(with))
    };
  }
}
