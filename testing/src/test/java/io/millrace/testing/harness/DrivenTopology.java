package io.millrace.testing.harness;

import io.millrace.model.ClickEvent;
import io.millrace.model.ClickKey;
import io.millrace.model.Enrichment;
import io.millrace.model.Namespace;
import io.millrace.model.cell.Cell;
import io.millrace.model.cell.CellKey;
import io.millrace.model.cell.Grain;
import io.millrace.model.codec.ClickEventCodec;
import io.millrace.model.codec.EnrichedClickCodec;
import io.millrace.streams.ClickTopology;
import io.millrace.streams.PartitionCells;
import io.millrace.streams.StreamsSettings;
import io.millrace.streams.judge.ClickEnricher;
import io.millrace.streams.judge.ClickStage;
import io.millrace.streams.judge.JudgeConfig;
import io.millrace.streams.judge.LaneClick;
import io.millrace.streams.rollup.CommitPace;
import io.millrace.streams.rollup.MergeProcessor;
import io.millrace.streams.session.SessionConfig;
import io.millrace.views.CellReader;
import io.millrace.views.JudgedClick;
import io.millrace.views.KeptSince;
import io.millrace.views.ViewPlan;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;

/**
 * Both stages of the processing without a broker, with one partition: every record goes through the
 * whole graph and is committed before the next. Reads cells as the running program does. Belongs to
 * the thread that made it; others may read when all is sent.
 */
public final class DrivenTopology implements CellReader, AutoCloseable {
  private final TopologyTestDriver driver;
  private final TestInputTopic<byte[], byte[]> clicks;

  /**
   * Starts it.
   *
   * @param folder for the stores, in which nothing else is
   * @param views all there are
   * @param begin of the time that the driver tells
   */
  public DrivenTopology(Path folder, List<ViewPlan> views, ClickEnricher enricher, Instant begin) {
    this(folder, views, SessionConfig.DEFAULT, enricher, begin);
  }

  /** The same with sessions of another kind. */
  public DrivenTopology(
      Path folder,
      List<ViewPlan> views,
      SessionConfig sessions,
      ClickEnricher enricher,
      Instant begin) {
    var stage = new ClickStage(JudgeConfig.DEFAULT, sessions, enricher, views, 1, outcome -> {});
    var settings =
        new StreamsSettings(
            Namespace.DEFAULT,
            Map.of("bootstrap.servers", "unused:9092"),
            folder,
            1,
            CommitPace.DEFAULT,
            1);
    driver =
        new TopologyTestDriver(
            ClickTopology.of(Namespace.DEFAULT, stage, CommitPace.DEFAULT),
            settings.toProperties(),
            begin);
    clicks =
        driver.createInputTopic(
            "click-events", new ByteArraySerializer(), new ByteArraySerializer());
  }

  /** An event as the collector writes it. */
  public void send(ClickEvent event) {
    clicks.pipeInput(
        new ClickKey(event.site(), event.visitor()).toBytes(),
        ClickEventCodec.encode(event),
        event.receivedTime());
  }

  /** Bytes that may be no event. */
  public void send(byte[] value, Instant recordTime) {
    clicks.pipeInput(null, value, recordTime.toEpochMilli());
  }

  /**
   * What stage 1 has decided about an event.
   *
   * @param enrichment of one that is counted
   */
  public record Judged(JudgedClick click, Optional<Enrichment> enrichment) {}

  /** Of all that was sent since the last call, by the two lanes. */
  public List<Judged> judged() {
    return Stream.concat(
            lane("enriched-clicks").map(DrivenTopology::counted),
            lane("rejected-clicks")
                .map(LaneClick::rejected)
                .map(click -> new Judged(click.orElseThrow().click(), Optional.empty())))
        .toList();
  }

  private static Judged counted(ConsumerRecord<byte[], byte[]> record) {
    return new Judged(
        LaneClick.counted(record).orElseThrow().click(),
        Optional.of(EnrichedClickCodec.decode(record.value()).orThrow().enrichment()));
  }

  private Stream<ConsumerRecord<byte[], byte[]>> lane(String topic) {
    return driver
        .createOutputTopic(topic, new ByteArrayDeserializer(), new ByteArrayDeserializer())
        .readRecordsToList()
        .stream()
        .map(record -> consumed(topic, record));
  }

  private static ConsumerRecord<byte[], byte[]> consumed(
      String topic, TestRecord<byte[], byte[]> record) {
    return new ConsumerRecord<>(
        topic,
        0,
        0,
        record.timestamp(),
        TimestampType.CREATE_TIME,
        0,
        0,
        record.key(),
        record.value(),
        record.headers(),
        Optional.empty());
  }

  @Override
  public void scan(
      String view,
      Grain grain,
      String site,
      long from,
      long to,
      BiConsumer<CellKey, Cell> receiver) {
    cells().scan(view, grain, site, from, to, receiver);
  }

  @Override
  public void scanGroup(
      String view,
      Grain grain,
      String site,
      long from,
      long to,
      List<String> group,
      BiConsumer<CellKey, Cell> receiver) {
    cells().scanGroup(view, grain, site, from, to, group, receiver);
  }

  @Override
  public KeptSince keptSince(String view, String site) {
    return cells().keptSince(view, site);
  }

  private PartitionCells cells() {
    return new PartitionCells(driver.getKeyValueStore(MergeProcessor.CELLS));
  }

  @Override
  public void close() {
    driver.close();
  }
}
