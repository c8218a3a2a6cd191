package io.millrace.collector.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RateLimitTest {
  private long nanos = Long.MAX_VALUE - 5;

  @Test
  void eachMayDoSoMuchAtOnceAndThenAtTheRate() {
    RateLimit limit = limit(2, 3);

    assertThat(limit.take("a", 1)).isZero();
    assertThat(limit.take("a", 2)).isZero();
    assertThat(limit.take("a", 1)).isEqualTo(1);
    assertThat(limit.take("b", 3)).isZero();
    later(Duration.ofMillis(500));
    assertThat(limit.take("a", 1)).isZero();
    assertThat(limit.take("a", 3)).isEqualTo(2);
    later(Duration.ofHours(1));
    assertThat(limit.take("a", 3)).isZero();
    assertThat(limit.take("a", 1)).isEqualTo(1);
  }

  @Test
  void aBatchLargerThanTheBucketIsPaidForAfterwardsUpToOneMoreBucket() {
    RateLimit limit = limit(10, 10);

    for (long count : new long[] {20, 1_000_000}) {
      assertThat(limit.take("a", count)).isZero();
      assertThat(limit.take("a", 1)).isEqualTo(2);
      later(Duration.ofSeconds(1));
      assertThat(limit.take("a", 10)).isEqualTo(1);
      later(Duration.ofSeconds(1));
      assertThat(limit.take("a", 10)).isZero();
      later(Duration.ofSeconds(1));
    }
  }

  @Test
  void rememberNoMoreThanSoMany() {
    RateLimit limit = limit(1, 1);

    IntStream.range(0, 100).forEach(who -> limit.take(who, 1));

    assertThat(limit.size()).isEqualTo(4);
    assertThat(limit.take(99, 1)).isEqualTo(1);
  }

  @Test
  void thereMayBeNoLimit() {
    RateLimit limit = limit(0, 1);

    assertThat(limit.take("a", Long.MAX_VALUE)).isZero();
    assertThat(limit.size()).isZero();
    assertThatThrownBy(() -> limit(-1, 1)).hasMessageContaining("rate");
  }

  private RateLimit limit(long rate, long burst) {
    return new RateLimit(rate, burst, 4, () -> nanos);
  }

  private void later(Duration time) {
    nanos += time.toNanos();
  }
}
