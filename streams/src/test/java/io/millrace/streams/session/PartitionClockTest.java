package io.millrace.streams.session;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PartitionClockTest {
  private final PartitionClock clock = new PartitionClock();

  @Test
  void aBacklogIsWorkedOffByTheTimesOfItsRecords() {
    assertThat(clock.now(1_000, 900_000)).isEqualTo(1_000);
    assertThat(clock.now(2_000, 900_001)).isEqualTo(2_000);
  }

  @Test
  void whereNothingComesAnyMoreTimeGoesOnWithTheSystems() {
    // Given
    clock.now(1_000, 900_000);

    // When
    assertThat(clock.now(1_000, 905_000)).isEqualTo(6_000);

    // Then
    assertThat(clock.now(1_500, 906_000)).as("never back").isEqualTo(6_000);
    assertThat(clock.now(7_000, 907_000)).isEqualTo(7_000);
  }

  @Test
  void beforeTheFirstRecordNoTimePasses() {
    clock.now(-1, 900_000);

    assertThat(clock.now(-1, 999_000)).isZero();
  }
}
