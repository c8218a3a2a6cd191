package io.millrace.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.collector.log.AppendResult;
import io.millrace.collector.log.KafkaClickLog;
import io.millrace.model.ClickEvent;
import io.millrace.model.EventType;
import io.millrace.model.Namespace;
import io.millrace.model.SiteId;
import io.millrace.model.TopicLayout;
import io.millrace.model.VisitorId;
import io.millrace.server.broker.LocalKafka;
import io.millrace.server.broker.LocalKafkaConfig;
import io.millrace.streams.ClickStreams;
import io.millrace.streams.rollup.PartialBatches;
import io.millrace.testing.harness.Engine;
import io.millrace.testing.harness.TopicReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A url, a site or a visitor that has half of all events makes no partition of the second stage
 * busier than it is without: what goes there are cells, and a hot key is one like any other.
 *
 * <p>The events are in the log before the processing starts, the same number in each run.
 */
@Tag("long")
@Timeout(600)
class SkewIT {
  private static final int EVENTS = 8_000;
  private static final int KEYS = 400;
  private static final long SEED = 20_261_122;
  private static final SiteId SITE = new SiteId("site-0.example");

  /** What half of the events have in common. */
  private enum Hot {
    NOTHING,
    URL,
    SITE,
    VISITOR
  }

  /**
   * What stage 1 has sent to stage 2.
   *
   * @param cells of each partition
   * @param bytes of each partition
   */
  private record Traffic(Hot hot, long[] cells, long[] bytes) {
    long allCells() {
      return Arrays.stream(cells).sum();
    }

    long allBytes() {
      return Arrays.stream(bytes).sum();
    }

    /** How much more than its share the busiest partition has of the cells. */
    double skew() {
      return Arrays.stream(cells).max().orElseThrow() * (double) cells.length / allCells();
    }

    @Override
    public String toString() {
      return String.format(
          Locale.ROOT,
          "hot %s: %.2f cells and %.0f bytes an event, busiest of %d partitions has %.2f of its share",
          hot.name().toLowerCase(Locale.ROOT),
          (double) allCells() / EVENTS,
          (double) allBytes() / EVENTS,
          cells.length,
          skew());
    }
  }

  @Test
  void aHotKeyMakesNoPartitionOfTheSecondStageBusier(@TempDir Path folder) throws Exception {
    // Given
    Traffic even = run(Hot.NOTHING, folder);

    for (Hot hot : List.of(Hot.URL, Hot.SITE, Hot.VISITOR)) {
      // When
      Traffic skewed = run(hot, folder);

      // Then
      assertThat(skewed.allCells()).as("cells: " + skewed).isLessThan(even.allCells() * 11 / 10);
      assertThat(skewed.allBytes()).as("bytes: " + skewed).isLessThan(even.allBytes() * 11 / 10);
      assertThat(skewed.skew()).as("skew: " + skewed + "; " + even).isLessThan(1.1);
    }
  }

  private static Traffic run(Hot hot, Path folder) throws Exception {
    Path own = folder.resolve(hot.name());
    try (LocalKafka kafka = LocalKafka.start(LocalKafkaConfig.oneBroker(own.resolve("kafka")))) {
      Engine.makeTopics(kafka.bootstrapServers());
      send(kafka, hot);
      try (ClickStreams engine = Engine.start(kafka.bootstrapServers(), own.resolve("state"), 0)) {
        Engine.awaitRunning(engine);
        Engine.awaitAccounted(engine, kafka.bootstrapServers(), EVENTS);
      }
      Traffic traffic = traffic(hot, kafka);
      System.out.println("SkewIT: " + traffic);
      return traffic;
    }
  }

  private static Traffic traffic(Hot hot, LocalKafka kafka) {
    int partitions = TopicLayout.LOCAL.rollupPartitions();
    var traffic = new Traffic(hot, new long[partitions], new long[partitions]);
    for (ConsumerRecord<byte[], byte[]> record :
        new TopicReader(kafka.bootstrapServers()).records("rollup-partials")) {
      PartialBatches.unpack(
          record.value(), (key, partial) -> traffic.cells()[record.partition()]++);
      traffic.bytes()[record.partition()] += record.value().length;
    }
    return traffic;
  }

  private static void send(LocalKafka kafka, Hot hot) throws InterruptedException {
    var random = new Random(SEED);
    try (var log =
        new KafkaClickLog(
            new HashMap<>(Map.of("bootstrap.servers", kafka.bootstrapServers())),
            Namespace.DEFAULT,
            8 << 20)) {
      for (int from = 0; from < EVENTS; from += 500) {
        var batch = new ArrayList<ClickEvent>();
        for (int i = from; i < from + 500; i++) {
          batch.add(event(i, hot, random));
        }
        assertThat(log.append(batch, Duration.ofSeconds(30)))
            .isInstanceOf(AppendResult.Acknowledged.class);
      }
    }
  }

  /** One of many sites, pages and visitors; of the hot key, always the first. */
  private static ClickEvent event(int id, Hot hot, Random random) {
    boolean isHot = random.nextBoolean();
    int page = isHot && hot == Hot.URL ? 0 : random.nextInt(KEYS);
    SiteId site =
        isHot && (hot == Hot.SITE || hot == Hot.URL)
            ? SITE
            : new SiteId("site-" + random.nextInt(KEYS) + ".example");
    int visitor = random.nextInt(KEYS);
    if (isHot && hot == Hot.VISITOR) {
      // A visitor is one of a site.
      visitor = 0;
      site = SITE;
    }
    long now = System.currentTimeMillis();
    return new ClickEvent(
        "id-" + id,
        site,
        new VisitorId("visitor-" + visitor),
        EventType.PAGE,
        "",
        "http://" + site.value() + "/" + page,
        "direct",
        "",
        "",
        "",
        now - random.nextInt(600_000),
        0,
        0,
        now,
        "",
        "Firefox",
        "DE",
        "Desktop",
        "",
        false);
  }
}
