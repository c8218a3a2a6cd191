package io.millrace.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * What clients that mean harm can do to a running demo: hold connections, send bodies slowly, and
 * send bodies that cost more to read than to write. All of it on one machine, where the limits per
 * address do not count, so one such client stands for many.
 *
 * <p>The demo has no other traffic, and all parts are of one run of it.
 */
@Command(
    name = "hostile",
    description = "Honest requests beside slow clients, and what hostile bodies cost.")
final class HostileBenchmark implements Benchmark {
  @Option(
      names = "--only",
      paramLabel = "PART",
      description = "One of ${COMPLETION-CANDIDATES}. Default: all of them.")
  private @Nullable Part only;

  @Option(
      names = "--idle",
      paramLabel = "N",
      description = "Idle connections, if so many files may be open. Default: ${DEFAULT-VALUE}.")
  private int idle = 5_000;

  @Option(
      names = "--slow-bodies",
      paramLabel = "N",
      description = "Connections with bodies that come slowly. Default: ${DEFAULT-VALUE}.")
  private int slowBodies = 500;

  @Option(
      names = "--rate",
      paramLabel = "N",
      description = "Honest requests a second. Default: ${DEFAULT-VALUE}.")
  private int rate = 200;

  @Option(
      names = "--warm-up",
      paramLabel = "SECONDS",
      description = "Honest requests before all else. Default: ${DEFAULT-VALUE}.")
  private int warmUp = 15;

  @Option(
      names = "--seconds",
      paramLabel = "SECONDS",
      description = "Each measurement of honest requests. Default: ${DEFAULT-VALUE}.")
  private int seconds = 15;

  @Option(
      names = "--requests",
      paramLabel = "N",
      description = "Requests with each hostile body. Default: ${DEFAULT-VALUE}.")
  private int requests = 20;

  /** What is measured. */
  private enum Part {
    SLOW,
    BODIES,
    HEAP
  }

  @Override
  public void run(Program program, Report report) throws IOException, InterruptedException {
    try (TemporaryFolder folder = TemporaryFolder.make();
        Demo demo = Demo.startAndAwait(program, folder, 0)) {
      if (includes(Part.SLOW)) {
        slowClients(demo, report);
      }
      if (includes(Part.BODIES)) {
        report.step("hostile: bodies");
        report.add(new RequestCosts(demo, requests).measure());
      }
      if (includes(Part.HEAP)) {
        report.step("hostile: heap");
        report.add(new HeapGrowth(demo, folder).measure());
      }
      // Whatever was sent, the books are right and the program still runs.
      var _ = demo.awaitCounted();
    }
  }

  private boolean includes(Part part) {
    return only == null || only == part;
  }

  private void slowClients(Demo demo, Report report) throws IOException, InterruptedException {
    var measurement = new BesideSlowClients(demo, rate, Duration.ofSeconds(seconds));
    report.step("hostile: warm-up");
    measurement.warmUp(Duration.ofSeconds(warmUp));
    report.step("hostile: slow bodies");
    measurement.measure(
        "slow bodies", List.of(SlowClient.LARGE_BODY, SlowClient.SMALL_BODY), slowBodies);
    // Last, since what became old in its heap is still there for a while.
    report.step("hostile: idle connections");
    measurement.measure(
        "idle", List.of(SlowClient.SILENT, SlowClient.REQUEST_LINE, SlowClient.HEADER), idle);
    measurement.tables().forEach(report::add);
  }
}
