package io.millrace.testing.harness;

import static org.awaitility.Awaitility.await;

import io.millrace.model.ClickEvent;
import io.millrace.model.Enrichment;
import io.millrace.model.Namespace;
import io.millrace.model.TopicLayout;
import io.millrace.streams.ClickStreams;
import io.millrace.streams.StreamsSettings;
import io.millrace.streams.judge.BotFinding;
import io.millrace.streams.judge.ClickEnricher;
import io.millrace.streams.judge.ClickStage;
import io.millrace.streams.judge.JudgeConfig;
import io.millrace.streams.rollup.CommitPace;
import io.millrace.streams.session.SessionConfig;
import io.millrace.views.ViewCatalog;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/**
 * The processing alone, with an enricher that takes no time to load: in this process, or as the
 * main class of one that is there to be killed.
 */
public final class Engine {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private Engine() {}

  /**
   * Prints {@code running} when all tasks are; does not end by itself. Arguments: the cluster's
   * address, the folder of the state.
   */
  public static void main(String[] arguments) throws InterruptedException {
    ClickStreams engine = start(arguments[0], Path.of(arguments[1]));
    awaitRunning(engine);
    System.out.println("running");
    new CountDownLatch(1).await();
  }

  public static ClickStreams start(String bootstrapServers, Path stateFolder) {
    var settings =
        new StreamsSettings(
            Namespace.DEFAULT,
            Map.of("bootstrap.servers", bootstrapServers),
            stateFolder,
            2,
            CommitPace.DEFAULT,
            1);
    var stage =
        new ClickStage(
            JudgeConfig.DEFAULT,
            SessionConfig.DEFAULT,
            new PathEnricher(),
            ViewCatalog.builtIn().plans(),
            TopicLayout.LOCAL.rollupPartitions(),
            outcome -> {});
    return ClickStreams.start(settings, stage);
  }

  public static void awaitRunning(ClickStreams engine) {
    await("the processing runs").atMost(PATIENCE).until(engine::isRunning);
  }

  private static final class PathEnricher implements ClickEnricher {
    @Override
    public Enrichment enrich(ClickEvent event) {
      URI url = URI.create(event.url());
      return new Enrichment(
          url.getHost(),
          url.getPath(),
          "DE",
          "Desktop",
          "",
          "",
          "",
          "direct",
          "",
          "",
          "",
          "",
          "",
          "");
    }

    @Override
    public Optional<BotFinding> bot(ClickEvent event) {
      return Optional.empty();
    }
  }
}
