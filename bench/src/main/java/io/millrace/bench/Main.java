package io.millrace.bench;

import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.ScopeType;

/** The command {@code bench/run}: says what it measures on, then measures. */
@Command(
    name = "bench/run",
    synopsisSubcommandLabel =
        "[start|memory|latency|collector|import|restore|pull|micro|engine|security|hostile|all]",
    description = {
      "Measures the program as it is shipped, one thing after the other. Linux only.",
      "Leave the machine alone meanwhile."
    },
    subcommands = {
      StartBenchmark.class,
      MemoryBenchmark.class,
      LatencyBenchmark.class,
      PushBenchmark.class,
      CollectorBenchmark.class,
      ImportBenchmark.class,
      RestoreBenchmark.class,
      PullBenchmark.class,
      MicroBenchmark.class,
      EngineBenchmark.class,
      SecurityBenchmark.class,
      HostileBenchmark.class,
      AllBenchmarks.class
    })
public final class Main {
  private static final int FAILED = 1;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      scope = ScopeType.INHERIT,
      description = "This text, or with a name the options of that measurement.")
  @SuppressWarnings("UnusedVariable") // picocli looks for an option that is given, not for a field
  private boolean help;

  @Option(
      names = "--markdown",
      scope = ScopeType.INHERIT,
      description = "Tables for docs/benchmarks.md.")
  private boolean markdown;

  @Option(names = "--program", hidden = true, required = true)
  private Path program = Path.of("");

  @Option(names = "--commit", hidden = true)
  private String commit = "unknown";

  private Main() {}

  /** Runs the command line and ends the process with its exit code. */
  public static void main(String[] arguments) {
    var main = new Main();
    System.exit(
        new CommandLine(main)
            .setCaseInsensitiveEnumValuesAllowed(true)
            .setExecutionStrategy(main::execute)
            .execute(arguments));
  }

  private int execute(ParseResult arguments) {
    Integer helped = CommandLine.executeHelpRequest(arguments);
    if (helped != null) {
      return helped;
    }
    Benchmark chosen =
        arguments.hasSubcommand()
            ? (Benchmark) arguments.subcommand().commandSpec().userObject()
            : new AllBenchmarks();
    try {
      var measured = new Program(program.toAbsolutePath().normalize());
      var report = new Report(System.out, System.err, markdown);
      report.add(Machine.facts(measured, commit));
      chosen.run(measured, report);
      return 0;
    } catch (BenchmarkException | IOException failure) {
      System.err.println("Not measured: " + failure.getMessage());
    } catch (InterruptedException stopped) {
      System.err.println("Not measured: interrupted");
    }
    return FAILED;
  }
}
