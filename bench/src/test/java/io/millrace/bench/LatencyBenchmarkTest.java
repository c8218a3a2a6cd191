package io.millrace.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class LatencyBenchmarkTest {

  @Test
  void takesSeveralRatesInsteadOfTheDefault() {
    assertThat(parse("--rate", "1000,10000,50000").rates()).containsExactly(1_000, 10_000, 50_000);
    assertThat(parse().rates()).containsExactly(1_000);
  }

  @Test
  void takesTheTrafficOfTheDemoAsFarAsThatGoes() {
    LatencyBenchmark benchmark = parse();

    assertThat(benchmark.batchAt(2_000)).isZero();
    assertThat(benchmark.batchAt(10_000)).isEqualTo(100);
  }

  @Test
  void takesTheBatchThatWasAskedFor() {
    assertThat(parse("--batch", "10").batchAt(1_000)).isEqualTo(10);
  }

  private static LatencyBenchmark parse(String... arguments) {
    var benchmark = new LatencyBenchmark();
    new CommandLine(benchmark).parseArgs(arguments);
    return benchmark;
  }
}
