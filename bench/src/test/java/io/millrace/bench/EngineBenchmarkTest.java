package io.millrace.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.bench.engine.Contender;
import io.millrace.bench.engine.FlinkSql;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class EngineBenchmarkTest {

  @Test
  void measuresAllOnceByDefault() {
    EngineBenchmark benchmark = parse();

    assertThat(wanted(benchmark)).hasSize(EngineContenders.all("1 s", FlinkSql.ON_HEAP).size());
    assertThat(benchmark.passes()).isEqualTo(1);
  }

  @Test
  void neverLeavesTheFloorsOut() {
    assertThat(wanted(parse("--only", "10 views")))
        .containsExactly(
            "no engine (floor), JSON",
            "no engine (floor), AVRO",
            "Flink SQL, 10 views",
            "Millrace, whole, 10 views");
  }

  @Test
  void comparesMillraceWithItselfInSeveralPasses() {
    EngineBenchmark benchmark = parse("--compare", "skew");

    assertThat(wanted(benchmark))
        .containsExactly("Millrace's combiner, same job", "Millrace, whole, 10 views");
    assertThat(benchmark.passes()).isEqualTo(3);
  }

  @Test
  void comparesWhoIsNamedAsOftenAsIsSaid() {
    EngineBenchmark benchmark =
        parse("--compare", "THREADS", "--only", "Flink SQL, 1 view", "--passes", "5");

    assertThat(wanted(benchmark)).containsExactly("Flink SQL, 1 view");
    assertThat(benchmark.passes()).isEqualTo(5);
  }

  private static List<String> wanted(EngineBenchmark benchmark) {
    return EngineContenders.all("1 s", FlinkSql.ON_HEAP).stream()
        .filter(benchmark::isWanted)
        .map(Contender::name)
        .toList();
  }

  private static EngineBenchmark parse(String... arguments) {
    var benchmark = new EngineBenchmark();
    new CommandLine(benchmark).setCaseInsensitiveEnumValuesAllowed(true).parseArgs(arguments);
    return benchmark;
  }
}
