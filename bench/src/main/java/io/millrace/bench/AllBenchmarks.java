package io.millrace.bench;

import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Command;

/** Every measurement with its defaults, one after the other: about a quarter of an hour. */
@Command(name = "all", description = "All of them, with their defaults. Also without a name.")
final class AllBenchmarks implements Benchmark {

  @Override
  public void run(Program program, Report report) throws IOException, InterruptedException {
    List<Benchmark> all =
        List.of(
            new StartBenchmark(),
            new MemoryBenchmark(),
            new LatencyBenchmark(),
            new PushBenchmark(),
            new CollectorBenchmark(),
            new ImportBenchmark(),
            new RestoreBenchmark(),
            new PullBenchmark(),
            new MicroBenchmark());
    for (Benchmark benchmark : all) {
      benchmark.run(program, report);
    }
  }
}
