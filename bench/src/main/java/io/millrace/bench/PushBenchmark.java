package io.millrace.bench;

import io.millrace.server.report.Audit;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Accepted to pushed: how long after the collector's 202 the row of an event has been read from a
 * push query over clicks, and from one over a view, beside the demo's own traffic.
 *
 * <p>Each event is marked by a campaign of its own, and both queries are read all the time, each by
 * a thread that notes when a row came. About ten marked events a second are sent, at random
 * moments.
 */
@Command(name = "push", description = "From accepted to the row of a push query.")
final class PushBenchmark implements Benchmark {
  private static final int SHORTEST_GAP_MILLIS = 50;
  private static final int LONGEST_GAP_MILLIS = 150;
  private static final long SEED = 20_261_123;
  private static final String OF_CLICKS =
      "SELECT utm_campaign FROM clicks WHERE utm_medium = 'probe' EMIT CHANGES";
  private static final String OF_A_VIEW =
      "SELECT utm_campaign, SUM(events) AS events FROM campaigns WHERE utm_medium = 'probe' GROUP BY"
          + " utm_campaign EMIT CHANGES";

  @Option(
      names = "--rate",
      paramLabel = "N",
      description = "Events a second. Default: ${DEFAULT-VALUE}.")
  private int rate = 1_000;

  @Option(
      names = "--warm-up",
      paramLabel = "SECONDS",
      description = "Marked events of this time are not counted. Default: ${DEFAULT-VALUE}.")
  private int warmUp = 20;

  @Option(
      names = "--probes",
      paramLabel = "N",
      description = "Marked events to measure. Default: ${DEFAULT-VALUE}.")
  private int probes = 300;

  private final RandomGenerator random = new SplittableRandom(SEED);

  /** What both queries see of one event. */
  private record Pair(Probe ofClicks, Probe ofView) {}

  @Override
  public void run(Program program, Report report) throws IOException, InterruptedException {
    try (TemporaryFolder folder = TemporaryFolder.make();
        Demo demo = Demo.startAndAwait(program, folder, rate);
        HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        PushWatch clicks = new PushWatch(client, demo.url(), OF_CLICKS);
        PushWatch view = new PushWatch(client, demo.url(), OF_A_VIEW)) {
      report.step("push: " + rate + " events/s, warm-up " + warmUp + " s");
      long end = System.nanoTime() + Duration.ofSeconds(warmUp).toNanos();
      int number = 0;
      while (System.nanoTime() < end) {
        send(client, demo.url(), clicks, view, number++);
      }
      report.step("push: " + probes + " marked events");
      Audit before = demo.audit();
      DemoUsage usage = demo.usage();
      long begun = System.nanoTime();
      var measured = new ArrayList<Pair>();
      for (int i = 0; i < probes; i++) {
        measured.add(send(client, demo.url(), clicks, view, number++));
      }
      Duration length = Duration.ofNanos(System.nanoTime() - begun);
      Pace pace = Pace.between(before, demo.audit(), length, rate);
      report.add(
          table(measured)
              .note(pace.text())
              .note(
                  "CPU of application and broker: "
                      + Text.shareOfCore(demo.usage().cpuSince(usage), length)
                      + " of one core."));
    }
  }

  private Pair send(HttpClient client, URI base, PushWatch clicks, PushWatch view, int number)
      throws InterruptedException {
    Thread.sleep(random.nextInt(SHORTEST_GAP_MILLIS, LONGEST_GAP_MILLIS + 1));
    String campaign = "push-" + number;
    var pair = new Pair(clicks.expect(campaign), view.expect(campaign));
    HttpRequest request =
        HttpRequest.newBuilder(base.resolve("/v1/events"))
            .header("Authorization", "Bearer " + Demo.KEY)
            .header("Content-Type", "application/json")
            .header("User-Agent", SampleEvents.USER_AGENT)
            .POST(BodyPublishers.ofString(SampleEvents.marked(campaign, number)))
            .build();
    Thread.ofVirtual().start(() -> post(client, request, pair));
    return pair;
  }

  private static void post(HttpClient client, HttpRequest request, Pair pair) {
    try {
      HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
      if (answer.statusCode() == 202) {
        long now = System.nanoTime();
        pair.ofClicks.accepted().complete(now);
        pair.ofView.accepted().complete(now);
      } else {
        fail(pair, answer.statusCode() + " " + answer.body());
      }
    } catch (IOException | InterruptedException noAnswer) {
      fail(pair, noAnswer.toString());
    }
  }

  private static void fail(Pair pair, String reason) {
    var why = new BenchmarkException("a marked event came to nothing: " + reason);
    pair.ofClicks.accepted().completeExceptionally(why);
    pair.ofView.accepted().completeExceptionally(why);
  }

  private Table table(List<Pair> measured) {
    return new Table(
            String.format(Locale.ROOT, "Accepted to pushed at %,d events/s", rate),
            "",
            "p50",
            "p90",
            "p99",
            "max")
        .row("row of a click", quantiles(measured, Pair::ofClicks))
        .row("row of a view", quantiles(measured, Pair::ofView));
  }

  private static String[] quantiles(List<Pair> measured, Function<Pair, Probe> of) {
    return Sample.of(measured.stream().map(of).map(Probe::acceptedToVisible).toList())
        .quantiles()
        .toArray(String[]::new);
  }
}
