package io.millrace.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class SampleTest {

  @Test
  void aQuantileIsTheSmallestValueThatEnoughValuesDoNotExceed() {
    // Given 100, 99, ... 1
    Sample sample = Sample.ofNanos(LongStream.rangeClosed(1, 100).map(i -> 101 - i).toArray());

    // Then
    assertThat(sample.median()).isEqualTo(Duration.ofNanos(50));
    assertThat(sample.quantile(0.99)).isEqualTo(Duration.ofNanos(99));
    assertThat(sample.quantile(0.991)).isEqualTo(Duration.ofNanos(100));
    assertThat(sample.max()).isEqualTo(Duration.ofNanos(100));
  }

  @Test
  void aSingleValueIsEveryQuantile() {
    Sample sample = Sample.ofNanos(new long[] {7});

    assertThat(sample.quantile(0.001)).isEqualTo(Duration.ofNanos(7));
    assertThat(sample.quantile(1)).isEqualTo(Duration.ofNanos(7));
  }

  @Test
  void nothingMeasuredHasNoQuantiles() {
    assertThatThrownBy(() -> Sample.ofNanos(new long[0])).isInstanceOf(BenchmarkException.class);
  }
}
