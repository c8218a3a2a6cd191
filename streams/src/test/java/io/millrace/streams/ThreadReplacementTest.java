package io.millrace.streams;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.junit.jupiter.api.Test;

class ThreadReplacementTest {
  private final List<Duration> pauses = new ArrayList<>();
  private long now = Long.MAX_VALUE - 1;
  private final ThreadReplacement replacement =
      new ThreadReplacement(
          () -> now,
          pause -> {
            pauses.add(pause);
            now += pause.toNanos();
          });

  @Test
  void aCauseThatStaysIsTriedMoreAndMoreRarely() {
    // When
    fail(9);

    // Then
    assertThat(pauses)
        .extracting(Duration::toMillis)
        .containsExactly(100L, 200L, 400L, 800L, 1_600L, 3_200L, 6_400L, 10_000L, 10_000L);
    assertThat(replacement.count()).isEqualTo(9);
  }

  @Test
  void aMinuteWithoutFailuresIsForgiven() {
    // Given
    fail(4);

    // When
    now += Duration.ofMinutes(1).toNanos();
    fail(2);

    // Then
    assertThat(pauses.subList(4, 6))
        .containsExactly(Duration.ofMillis(100), Duration.ofMillis(200));
  }

  @Test
  void lessThanAMinuteIsNot() {
    // Given
    fail(1);

    // When
    now += Duration.ofSeconds(59).toNanos();
    fail(1);

    // Then
    assertThat(pauses).containsExactly(Duration.ofMillis(100), Duration.ofMillis(200));
  }

  @Test
  void aThreadThatWaitsIsToldOfUntilItIsReplaced() {
    // Given
    var during = new ArrayList<Integer>();
    var holder = new AtomicReference<ThreadReplacement>();
    holder.set(
        new ThreadReplacement(
            () -> now, pause -> during.add(Objects.requireNonNull(holder.get()).pausing())));

    // When
    Objects.requireNonNull(holder.get()).handle(new IllegalStateException());

    // Then
    assertThat(during).containsExactly(1);
    assertThat(Objects.requireNonNull(holder.get()).pausing()).isZero();
  }

  @Test
  void aThreadThatIsInterruptedIsReplacedAllTheSame() {
    // Given
    var interrupted =
        new ThreadReplacement(
            () -> now,
            pause -> {
              throw new InterruptedException();
            });

    // When
    StreamThreadExceptionResponse response = interrupted.handle(new IllegalStateException());

    // Then
    assertThat(response).isEqualTo(StreamThreadExceptionResponse.REPLACE_THREAD);
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void aProgramThatStopsWaitsNoLonger() {
    // Given
    var stopped = new CountDownLatch(1);
    var stoppable = ThreadReplacement.until(stopped);
    stopped.countDown();
    long start = System.nanoTime();

    // When
    for (int i = 0; i < 10; i++) {
      stoppable.handle(new IllegalStateException("stays"));
    }

    // Then
    assertThat(Duration.ofNanos(System.nanoTime() - start))
        .isLessThan(ThreadReplacement.LONGEST_PAUSE);
  }

  private void fail(int times) {
    for (int i = 0; i < times; i++) {
      assertThat(replacement.handle(new IllegalStateException("stays")))
          .isEqualTo(StreamThreadExceptionResponse.REPLACE_THREAD);
    }
  }
}
