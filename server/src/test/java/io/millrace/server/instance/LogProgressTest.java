package io.millrace.server.instance;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.model.PartitionBooks;
import io.millrace.ops.OperationsException;
import io.millrace.views.CellsUnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LogProgressTest {
  private static final Instant NOON = Instant.parse("2026-11-01T12:00:00Z");
  private static final Duration ON_ITS_WAY = LogProgress.LONGEST_APPEND;

  private final Map<Integer, Long> ends = new HashMap<>();
  private final Map<Integer, PartitionBooks> accounts = new HashMap<>();
  private Runnable readingEnds = () -> {};
  private Runnable readingAccounts = () -> {};
  private Instant now = NOON;
  private final LogProgress progress =
      new LogProgress(
          () -> {
            readingEnds.run();
            return Map.copyOf(ends);
          },
          () -> {
            readingAccounts.run();
            return Map.copyOf(accounts);
          },
          Duration.ofDays(3),
          () -> now);

  @AfterEach
  void stop() {
    progress.close();
  }

  @Test
  void knowsNothingBeforeItHasLooked() {
    assertThat(progress.processedThrough()).isEqualTo(Instant.EPOCH);
    assertThat(progress.lags()).isEmpty();
  }

  @Test
  void whereAllIsWorkedOffItHasComeToWhenItLooked() {
    // Given
    ends.putAll(Map.of(0, 10L, 1, 0L));
    account(0, 10, NOON.minusSeconds(600));

    // When
    progress.look();

    // Then
    assertThat(progress.processedThrough()).isEqualTo(NOON.minus(ON_ITS_WAY));
    assertThat(progress.lags()).isEqualTo(Map.of(0, 0L, 1, 0L));
    assertThat(progress.isFinal(NOON.minus(ON_ITS_WAY).minus(Duration.ofDays(3)))).isTrue();
    assertThat(progress.isFinal(NOON.minus(Duration.ofDays(3)))).isFalse();
  }

  @Test
  void thePartitionFurthestBehindDecides() {
    // Given
    ends.putAll(Map.of(0, 10L, 1, 20L, 2, 30L));
    account(0, 10, NOON.minusSeconds(900));
    account(1, 15, NOON.minusSeconds(100));
    account(2, 29, NOON.minusSeconds(200));

    // When
    progress.look();

    // Then
    assertThat(progress.processedThrough()).isEqualTo(NOON.minusSeconds(200).minus(ON_ITS_WAY));
    assertThat(progress.lags()).isEqualTo(Map.of(0, 0L, 1, 5L, 2, 1L));
  }

  @Test
  void aPartitionWithEventsAndNoAccountHoldsEverythingBack() {
    // Given
    ends.putAll(Map.of(0, 10L, 1, 3L));
    account(0, 10, NOON);

    // When
    progress.look();

    // Then
    assertThat(progress.processedThrough()).isEqualTo(Instant.EPOCH);
    assertThat(progress.lags()).isEqualTo(Map.of(0, 0L, 1, 3L));
  }

  @Test
  void whatComesWhileItLooksIsNotCountedAsWorkedOff() {
    // Given
    ends.put(0, 10L);
    account(0, 9, NOON.minusSeconds(60));
    readingEnds = () -> now = now.plusSeconds(5);
    readingAccounts =
        () -> {
          ends.put(0, 12L);
          account(0, 11, now);
        };

    // When
    progress.look();

    // Then
    assertThat(progress.processedThrough()).isEqualTo(NOON.minus(ON_ITS_WAY));
    assertThat(progress.lags()).isEqualTo(Map.of(0, 0L));
  }

  @Test
  void doesNotGoBackWhereMoreComesThanIsWorkedOff() {
    // Given
    ends.put(0, 10L);
    account(0, 10, NOON);
    progress.look();

    // When
    ends.put(0, 50L);
    account(0, 20, NOON.minusSeconds(300));
    now = NOON.plusSeconds(60);
    progress.look();

    // Then
    assertThat(progress.processedThrough()).isEqualTo(NOON.minus(ON_ITS_WAY));
    assertThat(progress.lags()).isEqualTo(Map.of(0, 30L));
  }

  @Test
  void isNeverAheadOfAClockThatWasSetBack() {
    // Given
    ends.put(0, 0L);
    progress.look();

    // When
    now = NOON.minusSeconds(3600);

    // Then
    assertThat(progress.processedThrough()).isEqualTo(now);
  }

  @Test
  void keepsWhatItKnowsWhileNothingAnswers() {
    // Given
    ends.put(0, 10L);
    account(0, 8, NOON.minusSeconds(60));
    progress.look();
    now = NOON.plusSeconds(60);
    ends.put(0, 8L);

    for (RuntimeException failure :
        List.of(
            new OperationsException(OperationsException.Code.CLUSTER_UNAVAILABLE, "away"),
            new CellsUnavailableException("moving", new IllegalStateException()),
            new IllegalStateException("a fault"))) {
      // When
      readingAccounts =
          () -> {
            throw failure;
          };
      progress.look();

      // Then
      assertThat(progress.processedThrough()).isEqualTo(NOON.minusSeconds(60).minus(ON_ITS_WAY));
      assertThat(progress.lags()).isEqualTo(Map.of(0, 2L));
    }

    // When
    readingAccounts = () -> {};
    progress.look();

    // Then
    assertThat(progress.processedThrough()).isEqualTo(now.minus(ON_ITS_WAY));
  }

  private void account(int partition, long accountedThrough, Instant receivedThrough) {
    accounts.put(
        partition,
        new PartitionBooks(
            partition, accountedThrough, receivedThrough.toEpochMilli(), 0, Map.of()));
  }
}
