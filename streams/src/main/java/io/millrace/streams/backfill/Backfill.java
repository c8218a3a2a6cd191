package io.millrace.streams.backfill;

import io.millrace.model.control.BackfillState;
import io.millrace.model.control.ControlCommand;
import io.millrace.model.control.ViewGeneration;
import io.millrace.streams.judge.LaneClick;
import io.millrace.streams.rollup.PartialBatches;
import io.millrace.streams.rollup.ViewStarts;
import io.millrace.views.BackfillProgress;
import io.millrace.views.CellReader;
import io.millrace.views.CellsUnavailableException;
import io.millrace.views.DefinedView;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives one view its past: reads both lanes of stage 1, or the topic of sessions, up to their ends,
 * and sends what is from before the view began contributes.
 *
 * <p>Partials and positions are committed together, and a second backfill of the same view ends
 * this one, so however often it is begun again everything is sent once. Belongs to one thread; any
 * may ask for the progress.
 */
final class Backfill {
  private static final Logger log = LoggerFactory.getLogger(Backfill.class);
  private static final Duration POLL = Duration.ofMillis(200);
  private static final Duration ASKED_AGAIN_AFTER = Duration.ofMillis(200);
  private static final Duration WAITS_FOR_STARTS = Duration.ofSeconds(5);
  private static final int MOST_CELLS = 20_000;

  private final BackfillSettings settings;
  private final DefinedView view;
  private final CellReader cells;
  private final Consumer<ControlCommand> control;
  private final BooleanSupplier isStopped;
  private volatile BackfillProgress progress = BackfillProgress.NOT_BEGUN;

  /**
   * One that waits to be run.
   *
   * @param cells where it is read when a view has begun
   * @param control takes what is to be known of how far it is
   * @param isStopped whether to leave off, for now or for ever
   */
  Backfill(
      BackfillSettings settings,
      DefinedView view,
      CellReader cells,
      Consumer<ControlCommand> control,
      BooleanSupplier isStopped) {
    this.settings = settings;
    this.view = view;
    this.cells = cells;
    this.control = control;
    this.isStopped = isStopped;
  }

  BackfillProgress progress() {
    return progress;
  }

  ViewGeneration view() {
    return view.definition().generation();
  }

  /**
   * Goes on from where the last one left off, to the end; or ends soon where the view has not begun
   * in every partition.
   *
   * @throws org.apache.kafka.common.KafkaException when the cluster does not answer; it can be run
   *     again
   * @throws org.apache.kafka.common.errors.ProducerFencedException when another process does it
   */
  void run() throws InterruptedException {
    Optional<Map<Integer, Long>> starts = awaitStarts();
    if (starts.isEmpty()) {
      return;
    }
    try (var ends = new LogEnds(settings.connection());
        var producer =
            new KafkaProducer<>(
                settings.producer(view()), new ByteArraySerializer(), new ByteArraySerializer());
        var consumer =
            new KafkaConsumer<>(
                settings.consumer(view()),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
      // Ends whoever was at it before, and what that one has not committed.
      producer.initTransactions();
      new Reading(ends, producer, consumer, starts.get()).run();
    }
  }

  /**
   * Where the view has begun, in every partition; empty when it was stopped before, or has not
   * begun for a time that others need not wait.
   */
  private Optional<Map<Integer, Long>> awaitStarts() throws InterruptedException {
    long waitingSince = System.nanoTime();
    while (!isStopped.getAsBoolean()
        && System.nanoTime() - waitingSince < WAITS_FOR_STARTS.toNanos()) {
      try {
        Map<Integer, Long> starts = ViewStarts.read(cells, view());
        if (starts.size() >= settings.clickPartitions()) {
          return Optional.of(starts);
        }
      } catch (CellsUnavailableException moving) {
        // They come back.
      }
      Thread.sleep(ASKED_AGAIN_AFTER);
    }
    return Optional.empty();
  }

  private void note(BackfillState state) {
    control.accept(new ControlCommand.NoteBackfill(view(), state));
  }

  /** What there is while it is connected. */
  private final class Reading {
    private final LogEnds cluster;
    private final KafkaProducer<byte[], byte[]> producer;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final PastPartials partials;
    private final Set<TopicPartition> lanes;

    /** Everything from before the view began is before these: it began before they were read. */
    private final Map<TopicPartition, Long> ends;

    private final Map<TopicPartition, Long> beginnings;
    private int records;

    Reading(
        LogEnds cluster,
        KafkaProducer<byte[], byte[]> producer,
        KafkaConsumer<byte[], byte[]> consumer,
        Map<Integer, Long> starts) {
      this.cluster = cluster;
      this.producer = producer;
      this.consumer = consumer;
      partials = new PastPartials(view.kept(), starts, settings.rollupPartitions());
      lanes = cluster.partitions(settings.topicsOf(view.plan().source()));
      ends = cluster.ends(lanes);
      beginnings = consumer.beginningOffsets(lanes);
    }

    void run() throws InterruptedException {
      if (!seek()) {
        log.atError()
            .addKeyValue("view", view().cells())
            .log("Nobody knows how far the past of a view was read; define it anew");
        note(BackfillState.LOST);
        return;
      }
      tellProgress();
      while (!isAtEnd()) {
        if (isStopped.getAsBoolean()) {
          return;
        }
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
          add(record);
        }
        if (records >= settings.recordsAtOnce() || partials.size() >= MOST_CELLS || isAtEnd()) {
          commit();
        }
      }
      if (awaitMerged()) {
        note(BackfillState.COMPLETE);
      }
    }

    /** Whether there are positions to go on from. */
    private boolean seek() {
      consumer.assign(lanes);
      Map<TopicPartition, OffsetAndMetadata> committed = new HashMap<>();
      consumer
          .committed(lanes)
          .forEach(
              (lane, position) -> {
                if (position != null) {
                  committed.put(lane, position);
                }
              });
      if (committed.keySet().containsAll(lanes)) {
        committed.forEach(
            (lane, position) -> {
              consumer.seek(lane, position.offset());
              partials.resume(lane.partition(), position.metadata());
            });
      } else if (view.definition().backfill() == BackfillState.WAITING && committed.isEmpty()) {
        lanes.forEach(lane -> consumer.seek(lane, beginnings.getOrDefault(lane, 0L)));
        commit();
      } else {
        return false;
      }
      if (view.definition().backfill() == BackfillState.WAITING) {
        note(BackfillState.RUNNING);
      }
      return true;
    }

    private void add(ConsumerRecord<byte[], byte[]> record) {
      records++;
      boolean isReadable =
          switch (view.plan().source()) {
            case CLICKS -> addClick(record);
            case SESSIONS -> addSession(record);
          };
      if (!isReadable) {
        log.atWarn()
            .addKeyValue("topic", record.topic())
            .addKeyValue("partition", record.partition())
            .addKeyValue("offset", record.offset())
            .log("A record of the past cannot be read and is in no view");
      }
    }

    private boolean addClick(ConsumerRecord<byte[], byte[]> record) {
      Optional<LaneClick> click =
          record.topic().equals(settings.enrichedTopic())
              ? LaneClick.counted(record)
              : LaneClick.rejected(record);
      click.ifPresent(partials::add);
      return click.isPresent();
    }

    private boolean addSession(ConsumerRecord<byte[], byte[]> record) {
      Optional<RecordedSession> session = RecordedSession.of(record);
      session.ifPresent(partials::add);
      return session.isPresent();
    }

    private boolean isAtEnd() {
      return ends.entrySet().stream()
          .allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
    }

    private void commit() {
      long time = Math.min(partials.latestReceived(), System.currentTimeMillis());
      producer.beginTransaction();
      partials.drain(
          (partition, batch) -> {
            // What cannot be sent fails the commit.
            var _ = producer.send(record(partition, batch, time));
          });
      var positions = new HashMap<TopicPartition, OffsetAndMetadata>();
      lanes.forEach(
          lane ->
              positions.put(
                  lane,
                  new OffsetAndMetadata(
                      consumer.position(lane), partials.memory(lane.partition()))));
      producer.sendOffsetsToTransaction(positions, consumer.groupMetadata());
      producer.commitTransaction();
      records = 0;
      tellProgress();
    }

    private ProducerRecord<byte[], byte[]> record(int partition, byte[] batch, long time) {
      return new ProducerRecord<>(
          settings.partialsTopic(), partition, time, PartialBatches.key(partition), batch);
    }

    private void tellProgress() {
      long processed = 0;
      long total = 0;
      for (Map.Entry<TopicPartition, Long> end : ends.entrySet()) {
        long beginning = beginnings.getOrDefault(end.getKey(), 0L);
        total += end.getValue() - beginning;
        processed += Math.min(consumer.position(end.getKey()), end.getValue()) - beginning;
      }
      progress = new BackfillProgress(Math.max(0, processed), total);
    }

    /** Whether all that was sent is in the cells; else it was stopped. */
    private boolean awaitMerged() throws InterruptedException {
      Map<TopicPartition, Long> sent =
          cluster.ends(cluster.partitions(List.of(settings.partialsTopic())));
      while (!isStopped.getAsBoolean()) {
        if (cluster.hasReached(settings.mergingGroup(), sent)) {
          return true;
        }
        Thread.sleep(ASKED_AGAIN_AFTER);
      }
      return false;
    }
  }
}
