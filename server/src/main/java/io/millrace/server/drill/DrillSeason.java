package io.millrace.server.drill;

import io.millrace.server.cluster.ClusterConfig;
import io.millrace.server.cluster.LocalCluster;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Many drills, with a cluster for each kind of stage that they take, one after the other. For one
 * thread.
 */
public final class DrillSeason {
  private final ClusterConfig config;
  private final int rate;
  private final long seed;
  private final Consumer<String> announce;
  private final Consumer<DrillResult> report;

  /**
   * @param config of each cluster; they get folders of their own within its data folder
   * @param rate events a second
   * @param seed decides what is left to chance
   * @param announce is told in a few words what comes next
   * @param report is told each result when it is there
   */
  public DrillSeason(
      ClusterConfig config,
      int rate,
      long seed,
      Consumer<String> announce,
      Consumer<DrillResult> report) {
    this.config = config;
    this.rate = rate;
    this.seed = seed;
    this.announce = announce;
    this.report = report;
  }

  /**
   * Runs them.
   *
   * @param withControls whether to do careless things too, which must be caught
   */
  public void run(List<Drill> drills, boolean withControls) throws InterruptedException {
    for (Stage stage : Stage.values()) {
      List<Drill> here = drills.stream().filter(drill -> drill.stage() == stage).toList();
      boolean isFirst = stage == Stage.HERE;
      if (!here.isEmpty() || (isFirst && withControls)) {
        run(stage, here, isFirst && withControls);
      }
    }
  }

  private void run(Stage stage, List<Drill> drills, boolean withControls)
      throws InterruptedException {
    Optional<String> obstacle = stage.obstacle();
    if (obstacle.isPresent()) {
      drills.forEach(drill -> report.accept(new DrillResult.Skipped(drill, obstacle.get())));
      return;
    }
    List<Drill> left = new ArrayList<>(drills);
    try {
      playOn(stage, left, withControls);
    } catch (RuntimeException noStage) {
      // The drills of other stages may still do.
      left.forEach(drill -> report.accept(DrillRunner.stuck(drill, noStage, List.of())));
    }
  }

  private void playOn(Stage stage, List<Drill> left, boolean withControls)
      throws InterruptedException {
    Path folder = config.dataFolder().resolve(stage.name().toLowerCase(Locale.ROOT));
    if (stage == Stage.HERE) {
      try (LocalCluster cluster = LocalCluster.start(at(folder, stage), announce)) {
        play(cluster, Optional.empty(), left, withControls);
      }
      return;
    }
    try (ClusterHosts hosts = ClusterHosts.create(folder.resolve("disks"), config.brokers());
        LocalCluster cluster = LocalCluster.start(at(folder, stage), hosts.hosting(), announce)) {
      play(cluster, Optional.of(hosts), left, withControls);
    }
  }

  /** Each that was run is no longer left. */
  private void play(
      LocalCluster cluster, Optional<ClusterHosts> hosts, List<Drill> left, boolean withControls)
      throws InterruptedException {
    try (var runner = new DrillRunner(cluster, hosts, rate, seed, announce)) {
      while (!left.isEmpty()) {
        Drill drill = left.removeFirst();
        announce.accept(drill.name());
        report.accept(runner.run(drill));
      }
      if (withControls) {
        announce.accept("controls");
        runner.runControls().forEach(report);
      }
    }
  }

  private ClusterConfig at(Path folder, Stage stage) {
    return new ClusterConfig(
        folder,
        config.brokers(),
        config.processors(),
        config.collectors(),
        stage == Stage.DURABLE_HOSTS,
        config.startTimeout());
  }
}
