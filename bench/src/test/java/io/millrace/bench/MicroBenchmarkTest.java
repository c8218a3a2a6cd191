package io.millrace.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MicroBenchmarkTest {

  @Test
  void namesAnOperationByItsClassAndMethod() {
    assertThat(MicroBenchmark.operation("io.millrace.bench.micro.SketchMerge.distinctFewIntoMany"))
        .isEqualTo("sketch merge: distinct few into many");
  }

  @Test
  void tellsTenthsOfWhatIsShort() {
    assertThat(MicroBenchmark.nanos(12.345)).isEqualTo("12.3 ns");
    assertThat(MicroBenchmark.nanos(12_345.6)).isEqualTo("12,346 ns");
  }

  @Test
  void tellsNothingWhereOneRoundHasNoInterval() {
    assertThat(MicroBenchmark.nanos(Double.NaN)).isEqualTo("–");
  }
}
