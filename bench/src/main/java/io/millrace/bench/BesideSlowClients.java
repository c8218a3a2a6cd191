package io.millrace.bench;

import com.sun.management.UnixOperatingSystemMXBean;
import io.millrace.bench.SlowConnections.Cuts;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * How long honest requests take alone, and beside clients that hold connections without sending
 * requests; and how long those hold them. Each is compared with what came right before it.
 *
 * <pre>
 * ├── alone ──┤  slow ones come  ├── beside them ──┤  they go  ├── alone ──┤ …
 * </pre>
 */
final class BesideSlowClients {
  private static final double MOST_TIMES_AS_LONG = 2;
  private static final Duration LATEST_CUT = Duration.ofSeconds(10);

  /** Until the first have been cut, so that as many come as go. */
  private static final Duration SETTLING = Duration.ofSeconds(10);

  /** For the server to see that they are gone. */
  private static final Duration LEAVING = Duration.ofSeconds(1);

  /** For whatever else needs a file in this process. */
  private static final int OTHER_FILES = 500;

  private final Demo demo;
  private final HonestClients honest;
  private final Duration length;
  private final Table answers =
      new Table(
          "Honest requests", "", "p50", "p99", "× p99", "refused", "CPU of a core", "aim", "");
  private final Table cuts =
      new Table("Slow clients", "", "opened", "cut", "p50", "at most", "aim", "");

  BesideSlowClients(Demo demo, int perSecond, Duration length) {
    this.demo = demo;
    this.honest = new HonestClients(demo.url(), perSecond);
    this.length = length;
  }

  private record Measured(HonestClients.Outcome honest, Duration cpu, Duration took) {
    private static final String NOTHING = "-";

    String quantile(double share) {
      return honest.answers().map(sample -> Text.millis(sample.quantile(share))).orElse(NOTHING);
    }

    String refused() {
      return Text.count(honest.refused());
    }

    String cpuText() {
      return Text.shareOfCore(cpu, took);
    }

    /** How many times as long as the other. */
    Optional<Double> times(Measured alone) {
      return honest
          .answers()
          .flatMap(
              sample ->
                  alone
                      .honest
                      .answers()
                      .map(
                          other ->
                              (double) sample.quantile(0.99).toNanos()
                                  / other.quantile(0.99).toNanos()));
    }
  }

  void warmUp(Duration time) throws InterruptedException {
    var _ = honest.send("warm-up", time);
  }

  /**
   * Measures without and with them.
   *
   * @param name of all of them, for the tables
   */
  void measure(String name, List<SlowClient> kinds, int number)
      throws IOException, InterruptedException {
    Measured alone = send("alone-" + name);
    answers.row(
        "alone",
        alone.quantile(0.5),
        alone.quantile(0.99),
        "",
        alone.refused(),
        alone.cpuText(),
        "",
        "");
    int possible = (int) Math.min(number, filesThatMayBeOpen() - OTHER_FILES);
    SlowConnections slow = SlowConnections.open(demo.url(), kinds, possible);
    Measured beside;
    try (slow) {
      Thread.sleep(SETTLING);
      slow.watch();
      beside = send("beside-" + name);
    }
    Optional<Double> times = beside.times(alone);
    var aim =
        new Aim(
            "< 2, none refused",
            beside.honest().refused() == 0
                && times.filter(it -> it < MOST_TIMES_AS_LONG).isPresent());
    answers.row(
        String.format(Locale.ROOT, "beside %,d %s", possible, name),
        beside.quantile(0.5),
        beside.quantile(0.99),
        times.map(it -> String.format(Locale.ROOT, "%.2f", it)).orElse(Measured.NOTHING),
        beside.refused(),
        beside.cpuText(),
        aim.text(),
        aim.verdict());
    answers.note(
        String.format(
            Locale.ROOT,
            "%s: %,d to %,d at a time while it was measured.",
            name,
            slow.leastOpen(),
            slow.mostOpen()));
    slow.cuts().forEach(this::row);
    Thread.sleep(LEAVING);
  }

  private void row(Cuts ofKind) {
    var aim = new Aim("≤ 10 s", ofKind.longest().compareTo(LATEST_CUT) <= 0 && ofKind.cut() > 0);
    cuts.row(
        ofKind.kind().text(),
        Text.count(ofKind.opened()),
        Text.count(ofKind.cut()),
        ofKind.cuts().map(sample -> Text.seconds(sample.median())).orElse(Measured.NOTHING),
        Text.seconds(ofKind.longest()),
        aim.text(),
        aim.verdict());
    if (ofKind.failed() > 0) {
      cuts.note(
          String.format(
              Locale.ROOT, "%s: %,d never connected.", ofKind.kind().text(), ofKind.failed()));
    }
  }

  private Measured send(String run) throws InterruptedException {
    Duration before = Usage.cpuOf(demo.application());
    long begun = System.nanoTime();
    HonestClients.Outcome outcome = honest.send(run, length);
    var took = Duration.ofNanos(System.nanoTime() - begun);
    return new Measured(outcome, Usage.cpuOf(demo.application()).minus(before), took);
  }

  /** The JVM has already asked for as many as the system allows it. */
  private static long filesThatMayBeOpen() {
    return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
        ? unix.getMaxFileDescriptorCount()
        : Integer.MAX_VALUE;
  }

  List<Table> tables() {
    return List.of(answers, cuts);
  }
}
