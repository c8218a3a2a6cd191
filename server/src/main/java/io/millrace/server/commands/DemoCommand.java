package io.millrace.server.commands;

import io.millrace.collector.CollectorConfig;
import io.millrace.model.SiteId;
import io.millrace.model.control.Permission;
import io.millrace.query.SampleSite;
import io.millrace.server.ExitSequence;
import io.millrace.server.instance.InstanceConfig;
import io.millrace.server.instance.LocalInstance;
import io.millrace.server.report.BooksWatch;
import io.millrace.server.report.DemoReport;
import io.millrace.server.report.Settlement;
import io.millrace.server.report.SiteSummary;
import io.millrace.server.report.ViewClient;
import io.millrace.server.sender.EventSender;
import io.millrace.server.sender.SenderConfig;
import io.millrace.server.traffic.SimulatedSite;
import io.millrace.server.traffic.SimulatedSiteConfig;
import io.millrace.server.traffic.TrafficGenerator;
import io.millrace.server.traffic.TrafficMix;
import io.millrace.server.traffic.TrafficRun;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code millrace demo}: everything in one go, with traffic to look at. */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    description = {
      "Starts a real Kafka, the collector, the processing and the dashboard on this machine, with simulated traffic:"
          + " sessions from several countries, referrers and campaigns, and small shares of bots, duplicates, late and"
          + " malformed events.",
      "The page /sample has the tracker, to see your own clicks arrive."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:stopped, or with --for: all was counted and the books balance",
      "1:something went wrong"
    },
    footerHeading = "%nExample:%n",
    footer = {
      "  millrace demo                      until Ctrl-C, at http://127.0.0.1:8080",
      "  millrace demo --rate 500 --for 60s a minute of 500 events a second, then a report",
      "  millrace demo --rate 0             no simulated traffic, your own clicks alone"
    })
public final class DemoCommand implements Callable<Integer> {
  private static final int FAILED = 1;
  private static final SiteId SITE = new SiteId("demo");
  private static final String ORIGIN = "https://demo.example";

  /** Public, as the key of a web page is; it opens this site on the loopback interface alone. */
  private static final String SAMPLE_KEY = "demo";

  private static final Duration LONGEST_COUNTING = Duration.ofMinutes(2);
  private static final int MOST_EVENTS_A_SECOND = 100_000;

  @Option(
      names = "--rate",
      paramLabel = "N",
      defaultValue = "25",
      description = "Simulated events a second, 0 for none. Default: ${DEFAULT-VALUE}.")
  private int rate;

  @Option(
      names = "--for",
      paramLabel = "60s",
      converter = DurationOption.class,
      description = "End after this time with a report. Default: run until Ctrl-C.")
  private @Nullable Duration duration;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      defaultValue = CommandDefaults.PORT,
      description = "Where to serve, on 127.0.0.1; 0 for any free port. Default: ${DEFAULT-VALUE}.")
  private int port;

  @Mixin private DataFolderOption data = new DataFolderOption();

  @Mixin private GeoFileOption geo = new GeoFileOption();

  @Option(
      names = "--events-path",
      paramLabel = "PATH",
      defaultValue = "/v1/events",
      description =
          "Where the tracker posts events to, should a blocker dislike the usual path. Default: ${DEFAULT-VALUE}.")
  private String eventsPath = "/v1/events";

  @Option(
      names = "--script-path",
      paramLabel = "PATH",
      defaultValue = "/millrace.js",
      description = "Where the tracker is served. Default: ${DEFAULT-VALUE}.")
  private String scriptPath = "/millrace.js";

  @Option(
      names = "--seed",
      paramLabel = "N",
      description =
          "The same seed gives the same visitors doing the same. Default: from the clock.")
  private @Nullable Long seed;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws InterruptedException {
    if (rate < 0 || rate > MOST_EVENTS_A_SECOND) {
      throw new ParameterException(
          spec.commandLine(), "--rate: expected 0 to " + MOST_EVENTS_A_SECOND + ", got " + rate);
    }
    if (port < 0 || port > 65_535) {
      throw new ParameterException(spec.commandLine(), "--port: expected 0 to 65535, got " + port);
    }
    long begun = System.nanoTime();
    InstanceConfig config =
        InstanceConfig.local(data.folder(), port)
            .withCollector(collector())
            .withGeoFile(geo.checked(spec))
            .withSample(new SampleSite(SAMPLE_KEY, scriptPath, eventsPath));
    String secret = Secrets.random();
    try (LocalInstance instance = LocalInstance.start(config, this::announce)) {
      instance.admit(SITE, "Demo site", SAMPLE_KEY, Set.of());
      instance.admit(SITE, "Demo site", secret, EnumSet.of(Permission.ON_BEHALF));
      greet(instance, Duration.ofNanos(System.nanoTime() - begun));
      int exitCode = run(instance, secret);
      // A demo that was interrupted is being closed already, and its secret is forgotten with this
      // process.
      if (duration != null && !instance.failure().isDone()) {
        instance.revoke(secret);
      }
      return exitCode;
    }
  }

  private CollectorConfig collector() {
    try {
      return CollectorConfig.of(Map.of("events-path", eventsPath, "script-path", scriptPath));
    } catch (IllegalArgumentException badPath) {
      throw new ParameterException(spec.commandLine(), badPath.getMessage(), badPath);
    }
  }

  private int run(LocalInstance instance, String secret) throws InterruptedException {
    try (var sender =
        new EventSender(SenderConfig.to(instance.url(), secret).withEventsPath(eventsPath))) {
      TrafficGenerator generator = generator(sender);
      ExitSequence.add(generator);
      Thread runner = Thread.currentThread();
      var _ =
          instance
              .failure()
              .thenAccept(
                  message -> {
                    spec.commandLine().getErr().println("millrace: " + message);
                    // It may be in the middle of trying again, which nobody need wait for.
                    runner.interrupt();
                  });
      TrafficRun traffic = duration == null ? generator.run() : generator.runFor(duration);
      ExitSequence.remove(generator);
      return duration == null ? 0 : report(instance, traffic);
    } catch (InterruptedException stopped) {
      if (instance.failure().isDone()) {
        return FAILED;
      }
      throw stopped;
    }
  }

  private TrafficGenerator generator(EventSender sender) {
    Instant now = Instant.now();
    long chosen = seed == null ? now.toEpochMilli() : seed;
    var site =
        new SimulatedSite(
            new SimulatedSiteConfig(ORIGIN, Math.max(1, rate), TrafficMix.DEFAULT, now, chosen));
    return new TrafficGenerator(site, sender, rate, InstantSource.system());
  }

  private int report(LocalInstance instance, TrafficRun traffic) throws InterruptedException {
    try (var client = new ViewClient(instance.url())) {
      Settlement settlement = new BooksWatch(client).awaitCounted(LONGEST_COUNTING, audit -> {});
      var report =
          new DemoReport(
              traffic, Optional.of(SiteSummary.of(client, SITE.value())), Optional.of(settlement));
      PrintWriter out = spec.commandLine().getOut();
      out.print(report.render());
      out.flush();
      boolean complete = traffic.failure().isEmpty() && settlement instanceof Settlement.Settled;
      return complete ? 0 : FAILED;
    }
  }

  private void greet(LocalInstance instance, Duration took) {
    PrintWriter out = spec.commandLine().getOut();
    out.printf(
        Locale.ROOT,
        "%nMillrace runs, after %.1f s.%n%n"
            + "  Dashboard    %s/%n"
            + "  Sample page  %s/sample   your own clicks%n"
            + "  Kafka        %s%n"
            + "  Data         %s%n%n"
            + "%s%n",
        took.toMillis() / 1e3,
        instance.url(),
        instance.url(),
        instance.bootstrapServers(),
        data.folder(),
        duration == null
            ? "Ctrl-C stops it; the data stays. In another terminal: millrace audit"
            : "Ends by itself after " + duration.toSeconds() + " s, with a report.");
    out.flush();
  }

  private void announce(String step) {
    spec.commandLine().getErr().println(step + " …");
  }
}
