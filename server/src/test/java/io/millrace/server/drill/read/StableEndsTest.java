package io.millrace.server.drill.read;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class StableEndsTest {
  private static final TopicPartition ONE = new TopicPartition("lane", 0);
  private static final TopicPartition OTHER = new TopicPartition("lane", 1);
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  @Test
  void aMarkerThatComesLaterIsWaitedFor() {
    // The transaction has ended in one partition; in the other it is not known yet.
    Queue<Map<TopicPartition, Long>> readable =
        new ArrayDeque<>(List.of(ends(12, 4), ends(12, 4), ends(12, 10)));

    assertThat(StableEnds.await(readable::remove, () -> ends(12, 9), PATIENCE))
        .isEqualTo(ends(12, 10));
    assertThat(readable).isEmpty();
  }

  @Test
  void whatIsWrittenLaterIsNotWaitedFor() {
    Queue<Map<TopicPartition, Long>> written = new ArrayDeque<>(List.of(ends(5, 5)));

    assertThat(StableEnds.await(() -> ends(7, 5), written::remove, PATIENCE)).isEqualTo(ends(7, 5));
  }

  @Test
  void aTransactionThatStaysOpenIsNotWaitedForWithoutEnd() {
    assertThat(StableEnds.await(() -> ends(1, 1), () -> ends(1, 2), Duration.ZERO))
        .isEqualTo(ends(1, 1));
  }

  private static Map<TopicPartition, Long> ends(long one, long other) {
    return Map.of(ONE, one, OTHER, other);
  }
}
