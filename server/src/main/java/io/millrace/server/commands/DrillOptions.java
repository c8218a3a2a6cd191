package io.millrace.server.commands;

import io.millrace.server.ApplicationLog;
import io.millrace.server.Version;
import io.millrace.server.cluster.ClusterConfig;
import io.millrace.server.drill.Drill;
import io.millrace.server.drill.DrillResult;
import io.millrace.server.drill.DrillSeason;
import io.millrace.server.drill.report.DrillJson;
import io.millrace.server.drill.report.DrillPage;
import io.millrace.server.drill.report.DrillRun;
import io.millrace.server.drill.report.DrillText;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** What all commands that run drills have in common. */
final class DrillOptions {
  private static final int FAILED = 1;
  private static final int MOST_EVENTS_A_SECOND = 5_000;

  @Option(
      names = "--rate",
      paramLabel = "N",
      defaultValue = "200",
      description = "Events a second. Default: ${DEFAULT-VALUE}.")
  private int rate;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description =
          "The same seed leaves the same to chance. Default: from the clock; it is printed.")
  private @Nullable Long seed;

  @Option(
      names = "--processors",
      paramLabel = "N",
      defaultValue = "2",
      description = "Of the cluster. Default: ${DEFAULT-VALUE}.")
  private int processors;

  @Option(
      names = "--collectors",
      paramLabel = "N",
      defaultValue = "2",
      description = "Of the cluster. Default: ${DEFAULT-VALUE}.")
  private int collectors;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description =
          "Each run keeps its data in a new folder in this one. Default: millrace-data/drills.")
  private @Nullable Path data;

  @Option(names = "--keep", description = "Keep the data of the cluster.")
  private boolean keep;

  @Option(
      names = "--report",
      paramLabel = "DIR",
      description = "Write drills.html and drills.json there.")
  private @Nullable Path report;

  /**
   * Runs drills on one cluster, and prints what they show.
   *
   * @param withControls whether to do careless things too, which must be caught
   */
  int run(List<Drill> drills, boolean withControls, CommandSpec spec)
      throws IOException, InterruptedException {
    if (rate < 1 || rate > MOST_EVENTS_A_SECOND) {
      throw new ParameterException(
          spec.commandLine(), "--rate: expected 1 to " + MOST_EVENTS_A_SECOND + ", got " + rate);
    }
    long chosen = seed == null ? System.currentTimeMillis() : seed;
    Path folder = newFolder();
    ClusterConfig config = config(folder, spec);
    PrintWriter out = spec.commandLine().getOut();
    out.printf("seed %d, %d events a second%n", chosen, rate);
    out.print(DrillText.head());
    out.flush();
    ApplicationLog.writeTo(config.dataFolder().resolve("logs"));
    Instant begun = Instant.now();
    List<DrillResult> results = new ArrayList<>();
    var season =
        new DrillSeason(
            config,
            rate,
            chosen,
            step -> spec.commandLine().getErr().println(step + " …"),
            result -> {
              results.add(result);
              out.print(DrillText.line(result));
              out.flush();
            });
    try {
      season.run(drills, withControls);
    } finally {
      // Also of those that were run before something ended it.
      out.print(DrillText.sum(results));
      write(run(begun, config, chosen, results), out);
    }
    boolean hasPassed = results.stream().allMatch(DrillResult::passed);
    if (!keep && hasPassed) {
      delete(folder);
    } else {
      out.println("The data and logs of the cluster are in " + folder);
    }
    out.flush();
    return hasPassed ? 0 : FAILED;
  }

  private DrillRun run(
      Instant begun, ClusterConfig config, long chosen, List<DrillResult> results) {
    return new DrillRun(
        begun,
        Version.number(),
        machine(),
        "%d brokers, %d processors, %d collectors"
            .formatted(config.brokers(), config.processors(), config.collectors()),
        rate,
        chosen,
        results);
  }

  private ClusterConfig config(Path folder, CommandSpec spec) {
    try {
      return ClusterConfig.of(folder, 3, processors, collectors);
    } catch (IllegalArgumentException badOption) {
      throw new ParameterException(spec.commandLine(), badOption.getMessage(), badOption);
    }
  }

  /**
   * One of this run alone, since what another has left is of other clusters; not among the system's
   * temporary ones, which may be cleaned while a long drill runs.
   */
  private Path newFolder() throws IOException {
    Path parent = data == null ? Path.of(CommandDefaults.DATA_FOLDER, "drills") : data;
    return Files.createTempDirectory(Files.createDirectories(parent), "run-");
  }

  private void write(DrillRun run, PrintWriter out) throws IOException {
    if (report != null) {
      Files.createDirectories(report);
      Path page = Files.writeString(report.resolve("drills.html"), DrillPage.of(run));
      Files.writeString(report.resolve("drills.json"), DrillJson.of(run) + '\n');
      out.println("The report is " + page);
    }
  }

  private static String machine() {
    return "%d processors, %s %s, Java %s"
        .formatted(
            Runtime.getRuntime().availableProcessors(),
            System.getProperty("os.name"),
            System.getProperty("os.version"),
            Runtime.version());
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
