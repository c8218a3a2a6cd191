package io.millrace.server.drill.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.model.Outcome;
import io.millrace.model.RejectedClick;
import io.millrace.model.codec.RejectedClickCodec;
import io.millrace.server.ServerException;
import io.millrace.server.drill.Waiting;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** With Kafka's own consumer in memory. */
class LaneWatchTest {
  private static final DrillTopics TOPICS = new DrillTopics("clicks", "enriched", "rejected");
  private static final TopicPartition REJECTED = new TopicPartition("rejected", 0);
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");
  private final LaneWatch watch =
      LaneWatch.start(
          consumer,
          TOPICS,
          Map.of(
              new TopicPartition("clicks", 0),
              0L,
              new TopicPartition("clicks", 1),
              0L,
              REJECTED,
              0L));

  private long offset;

  @AfterEach
  void close() {
    watch.close();
  }

  @Test
  void outcomesOfOnePartitionDoNotStandForThoseOfAnother() throws Exception {
    Map<Integer, Long> before = watch.counts();
    reject(0, 10);
    reject(0, 11);
    assertThat(Waiting.until(PATIENCE, () -> watch.size() == 2)).isTrue();
    assertThat(watch.hasMovedInAll(before)).isFalse();

    reject(1, 7);
    assertThat(Waiting.until(PATIENCE, () -> watch.hasMovedInAll(before))).isTrue();
    assertThat(watch.counts()).isEqualTo(Map.of(0, 2L, 1, 1L));
    assertThat(watch.hasMovedInAll(watch.counts())).isFalse();
  }

  @Test
  void whoAsksIsToldThatTheWatchHasFailed() throws Exception {
    consumer.setPollException(new KafkaException("no access"));

    assertThat(Waiting.until(PATIENCE, consumer::closed)).isTrue();
    assertThat(Waiting.until(PATIENCE, this::hasFailed)).isTrue();
    assertThatThrownBy(watch::size)
        .isInstanceOf(ServerException.class)
        .hasMessageContaining("no access");
    assertThatThrownBy(watch::visible).isInstanceOf(ServerException.class);
  }

  @Test
  void aFailureThatPassesIsNone() throws Exception {
    consumer.setPollException(new TimeoutException("no leader"));
    reject(0, 10);

    assertThat(Waiting.until(PATIENCE, () -> watch.size() == 1)).isTrue();
  }

  private boolean hasFailed() {
    try {
      watch.size();
      return false;
    } catch (ServerException failed) {
      return true;
    }
  }

  private void reject(int partition, long of) {
    byte[] value =
        RejectedClickCodec.encode(
            new RejectedClick(Outcome.INVALID, "not an event", partition, of, 0, new byte[0]));
    long at = offset++;
    consumer.schedulePollTask(
        () -> consumer.addRecord(new ConsumerRecord<>("rejected", 0, at, new byte[0], value)));
  }
}
