package io.millrace.views;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.model.cell.Grain;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class GrainRetentionTest {
  private static final long NOON = Instant.parse("2026-03-08T12:00:00Z").toEpochMilli();

  @Test
  void minutesAreKeptForAWeekAfterTheirEndAndDaysForEver() {
    long weekAgo = NOON - Duration.ofDays(7).toMillis();
    long minute = Grain.MINUTE.length().toMillis();

    assertThat(GrainRetention.DEFAULT.isExpired(Grain.MINUTE, weekAgo - minute, NOON)).isTrue();
    assertThat(GrainRetention.DEFAULT.isExpired(Grain.MINUTE, weekAgo - minute, NOON - 1))
        .isFalse();
    assertThat(GrainRetention.DEFAULT.isExpired(Grain.MINUTE, weekAgo, NOON)).isFalse();
    assertThat(GrainRetention.DEFAULT.isExpired(Grain.HOUR, weekAgo, NOON)).isFalse();
    assertThat(GrainRetention.DEFAULT.isExpired(Grain.DAY, 0, NOON)).isFalse();
    assertThat(GrainRetention.DEFAULT.isExpired(Grain.ALL, 0, NOON)).isFalse();
    assertThat(GrainRetention.FOR_EVER.isExpired(Grain.MINUTE, 0, NOON)).isFalse();
  }

  @Property(tries = 500)
  void aWindowIsExpiredWhenItsPeriodAfterItsEndIsOver(
      @ForAll @LongRange(min = 0, max = 4_000_000_000_000L) long time,
      @ForAll @LongRange(min = 1, max = 40_000_000_000L) long period,
      @ForAll @LongRange(min = -90_000_000L, max = 90_000_000L) long distance) {
    for (Grain grain : new Grain[] {Grain.MINUTE, Grain.HOUR, Grain.DAY}) {
      var retention = GrainRetention.FOR_EVER.with(grain, Duration.ofMillis(period));
      long start = grain.windowStart(time);
      long watermark = grain.windowEnd(start) + period + distance;

      assertThat(retention.isExpired(grain, start, watermark)).isEqualTo(distance >= 0);
      assertThat(retention.firstKept(grain, watermark) > start).isEqualTo(distance >= 0);
    }
  }

  @Test
  void whatCannotBeKeptSoIsRefused() {
    assertThatThrownBy(() -> new GrainRetention(Map.of(Grain.ALL, Duration.ofDays(1))))
        .hasMessageContaining("no end");
    assertThatThrownBy(() -> GrainRetention.DEFAULT.with(Grain.DAY, Duration.ZERO))
        .hasMessageContaining("day, got PT0S");
  }
}
