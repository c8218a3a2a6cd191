package io.millrace.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.collector.log.AppendResult;
import io.millrace.collector.log.KafkaClickLog;
import io.millrace.model.ClickEvent;
import io.millrace.model.EventType;
import io.millrace.model.Namespace;
import io.millrace.model.Outcome;
import io.millrace.model.PartitionBooks;
import io.millrace.model.SiteId;
import io.millrace.model.Topic;
import io.millrace.model.TopicLayout;
import io.millrace.model.TopicSpec;
import io.millrace.model.VisitorId;
import io.millrace.model.cell.Grain;
import io.millrace.ops.Cluster;
import io.millrace.ops.TopicSetup;
import io.millrace.server.broker.LocalKafka;
import io.millrace.server.broker.LocalKafkaConfig;
import io.millrace.streams.ClickStreams;
import io.millrace.testing.harness.ChildJvm;
import io.millrace.testing.harness.Engine;
import io.millrace.testing.harness.PartialsBacklog;
import io.millrace.views.Books;
import io.millrace.views.CellReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The processing alone is killed again and again while events keep coming, half of them of one
 * visitor and page: then the books balance, and every cell is what was sent.
 */
@Timeout(900)
class EngineKillIT {
  private static final int KILLS = Integer.getInteger("millrace.kills", 5);
  private static final int PAGES = 40;
  private static final int VISITORS = 300;
  private static final int BATCH = 50;
  private static final Duration BETWEEN_BATCHES = Duration.ofMillis(50);
  private static final SiteId SITE = new SiteId("shop.example");
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private final long seed = Long.getLong("millrace.seed", System.nanoTime());

  @Test
  void countsWhatWasSentThoughItIsKilledAgainAndAgain(@TempDir Path folder) throws Exception {
    System.out.println("EngineKillIT: seed " + seed);
    var random = new Random(seed);
    Path state = folder.resolve("state");
    try (LocalKafka kafka = LocalKafka.start(LocalKafkaConfig.oneBroker(folder.resolve("kafka")))) {
      makeTopics(kafka);
      var sender = new Sender(kafka.bootstrapServers(), new Random(random.nextLong()));

      // Given
      CompletableFuture<Sent> sending = CompletableFuture.supplyAsync(sender::sendUntilStopped);

      // When
      for (int kill = 0; kill < KILLS; kill++) {
        try (ChildJvm engine =
            ChildJvm.start(Engine.class.getName(), kafka.bootstrapServers(), state.toString())) {
          if (kill % 3 != 2) {
            await("running")
                .atMost(PATIENCE)
                .until(() -> engine.output().contains("running") || !engine.isAlive());
          }
          // Not a wait for something to have happened: any moment will do.
          Thread.sleep(random.nextInt(3_000));
          assertThat(engine.killAlone()).as("killed").isTrue();
        }
      }
      sender.stop();
      Sent sent = sending.get(1, TimeUnit.MINUTES);

      // Then
      try (ClickStreams engine = Engine.start(kafka.bootstrapServers(), state)) {
        Engine.awaitRunning(engine);
        awaitAccounted(engine, kafka, sent);
        assertThat(outcomes(engine)).isEqualTo(sent.outcomes());
        assertThat(sums(engine, "pages", Grain.MINUTE, SITE.value())).isEqualTo(sent.minutes());
        assertThat(sums(engine, "pages", Grain.DAY, SITE.value())).isEqualTo(sent.days());
        assertThat(sums(engine, "url_click_counts", Grain.ALL, "")).isEqualTo(sent.urls());
      }
    }
  }

  private static void makeTopics(LocalKafka kafka) {
    var specs = new ArrayList<TopicSpec>();
    for (Topic topic : Topic.values()) {
      specs.add(topic.spec(Namespace.DEFAULT, TopicLayout.LOCAL));
    }
    specs.add(Topic.ofView("url-click-counts", Namespace.DEFAULT, TopicLayout.LOCAL));
    try (Cluster cluster = Cluster.connect(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
      new TopicSetup(cluster).ensure(specs);
    }
  }

  private static void awaitAccounted(ClickStreams engine, LocalKafka kafka, Sent sent) {
    var books = new Books(engine, TopicLayout.LOCAL.rollupPartitions());
    try (var backlog = new PartialsBacklog(kafka.bootstrapServers())) {
      await("all accounted for")
          .atMost(PATIENCE)
          .ignoreExceptions()
          .untilAsserted(
              () -> {
                assertThat(
                        books.read().values().stream()
                            .mapToLong(PartitionBooks::accountedThrough)
                            .sum())
                    .isEqualTo(sent.events());
                assertThat(backlog.size()).isZero();
              });
    }
    assertThat(books.read().values()).allMatch(PartitionBooks::addsUp);
  }

  private static Map<Outcome, Long> outcomes(CellReader cells) {
    var sums = new HashMap<Outcome, Long>();
    new Books(cells, TopicLayout.LOCAL.rollupPartitions())
        .read()
        .values()
        .forEach(
            book ->
                book.outcomes()
                    .forEach(
                        (outcome, count) -> {
                          if (count > 0) {
                            sums.merge(outcome, count, Long::sum);
                          }
                        }));
    return sums;
  }

  /** The first number of each cell of a view, by window and dimensions. */
  private static Map<String, Long> sums(CellReader cells, String view, Grain grain, String site) {
    var sums = new HashMap<String, Long>();
    cells.scan(
        view,
        grain,
        site,
        0,
        Long.MAX_VALUE,
        (key, cell) ->
            sums.merge(
                key.windowStart() + " " + String.join(" ", key.dimensions()),
                cell.value(0),
                Long::sum));
    return sums;
  }

  /** What must be counted, known from what was sent alone. */
  private record Sent(
      Map<Outcome, Long> outcomes,
      Map<String, Long> minutes,
      Map<String, Long> days,
      Map<String, Long> urls) {
    long events() {
      return outcomes.values().stream().mapToLong(Long::longValue).sum();
    }

    void counted(ClickEvent event, String path) {
      outcomes.merge(Outcome.COUNTED, 1L, Long::sum);
      minutes.merge(Grain.MINUTE.windowStart(event.time()) + " " + path, 1L, Long::sum);
      days.merge(Grain.DAY.windowStart(event.time()) + " " + path, 1L, Long::sum);
      urls.merge("0 " + event.url(), 1L, Long::sum);
    }
  }

  /** Sends about a thousand events a second, one in five of them a second time. */
  private static final class Sender {
    private final String bootstrapServers;
    private final Random random;
    private final Sent sent =
        new Sent(new HashMap<>(), new HashMap<>(), new HashMap<>(), new HashMap<>());
    private final List<ClickEvent> recent = new ArrayList<>();
    private long next;
    private volatile boolean stopped;

    Sender(String bootstrapServers, Random random) {
      this.bootstrapServers = bootstrapServers;
      this.random = random;
    }

    void stop() {
      stopped = true;
    }

    Sent sendUntilStopped() {
      try (var log =
          new KafkaClickLog(
              new HashMap<>(Map.of("bootstrap.servers", bootstrapServers)),
              Namespace.DEFAULT,
              8 << 20)) {
        while (!stopped) {
          var batch = new ArrayList<ClickEvent>();
          for (int i = 0; i < BATCH; i++) {
            batch.add(event());
          }
          assertThat(log.append(batch, Duration.ofSeconds(30)))
              .isInstanceOf(AppendResult.Acknowledged.class);
          Thread.sleep(BETWEEN_BATCHES);
        }
        return sent;
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("stopped while sending", interrupted);
      }
    }

    private ClickEvent event() {
      if (!recent.isEmpty() && random.nextInt(5) == 0) {
        sent.outcomes().merge(Outcome.DUPLICATE, 1L, Long::sum);
        return recent.get(random.nextInt(recent.size()));
      }
      boolean hot = random.nextBoolean();
      String path = "/" + (hot ? 0 : random.nextInt(PAGES));
      ClickEvent event = event("id-" + next++, hot ? 0 : random.nextInt(VISITORS), path);
      sent.counted(event, path);
      recent.add(event);
      return event;
    }

    private ClickEvent event(String id, int visitor, String path) {
      long now = System.currentTimeMillis() - random.nextInt(3_600_000);
      return new ClickEvent(
          id,
          SITE,
          new VisitorId("visitor-" + visitor),
          EventType.PAGE,
          "",
          "http://shop.example" + path,
          "",
          "",
          "",
          "",
          now,
          now,
          0,
          System.currentTimeMillis(),
          "",
          "Firefox",
          "",
          "",
          "",
          false);
    }
  }
}
