package io.millrace.testing.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.model.Namespace;
import io.millrace.model.Outcome;
import io.millrace.model.PartitionBooks;
import io.millrace.model.Topic;
import io.millrace.model.TopicLayout;
import io.millrace.model.TopicSpec;
import io.millrace.ops.Cluster;
import io.millrace.ops.TopicSetup;
import io.millrace.server.drill.proof.LogOracle;
import io.millrace.streams.ClickStreams;
import io.millrace.streams.GroupProtocol;
import io.millrace.streams.GroupSettings;
import io.millrace.streams.StreamsSettings;
import io.millrace.streams.TaskCounts;
import io.millrace.streams.judge.ClickStage;
import io.millrace.streams.judge.JudgeConfig;
import io.millrace.streams.rollup.CommitPace;
import io.millrace.streams.session.SessionConfig;
import io.millrace.streams.session.SiteInactivity;
import io.millrace.views.Books;
import io.millrace.views.CellReader;
import io.millrace.views.DefinedViews;
import io.millrace.views.ViewCatalog;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The processing alone, with an enricher that takes no time to load: in this process, or as the
 * main class of one that is there to be killed.
 */
public final class Engine {
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private static final String TASKS = "tasks ";

  private Engine() {}

  /**
   * Prints {@code running} when all tasks are and then how many there are whenever that changes,
   * and stops in order when it is told to. Arguments: the cluster's address, the folder of the
   * state, the number of standby replicas, the protocol of the group, and its name there if it has
   * one.
   */
  public static void main(String[] arguments) throws InterruptedException {
    var group =
        GroupSettings.ALONE
            .withStandbyReplicas(Integer.parseInt(arguments[2]))
            .withProtocol(GroupProtocol.valueOf(arguments[3]));
    ClickStreams engine =
        start(
            arguments[0],
            Path.of(arguments[1]),
            arguments.length > 4 ? group.withInstance(arguments[4]) : group);
    Runtime.getRuntime().addShutdownHook(new Thread(engine::close));
    awaitRunning(engine);
    System.out.println("running");
    TaskCounts told = new TaskCounts(0, 0);
    while (true) {
      TaskCounts tasks = engine.tasks();
      if (!tasks.equals(told)) {
        told = tasks;
        System.out.println(TASKS + tasks.active() + ' ' + tasks.standby());
      }
      Thread.sleep(100);
    }
  }

  /** What one in a process of its own says that it works on; empty until it does. */
  public static Optional<TaskCounts> tasksOf(ChildJvm engine) {
    return engine
        .output()
        .lines()
        .filter(line -> line.startsWith(TASKS))
        .reduce((before, last) -> last)
        .map(line -> line.substring(TASKS.length()).split(" "))
        .map(words -> new TaskCounts(Integer.parseInt(words[0]), Integer.parseInt(words[1])));
  }

  /** Starts it in a process of its own. */
  public static ChildJvm startChild(String bootstrapServers, Path stateFolder, int standbys) {
    return startChild(
        bootstrapServers, stateFolder, GroupSettings.ALONE.withStandbyReplicas(standbys));
  }

  /** Starts one that shares the work, in a process of its own. */
  public static ChildJvm startChild(
      String bootstrapServers, Path stateFolder, GroupSettings group) {
    var arguments =
        new ArrayList<>(
            List.of(
                bootstrapServers,
                stateFolder.toString(),
                Integer.toString(group.standbyReplicas()),
                group.protocol().name()));
    group.instance().ifPresent(arguments::add);
    return ChildJvm.start(Engine.class.getName(), arguments.toArray(String[]::new));
  }

  /** Waits until one in a process of its own is running, or has ended. */
  public static void awaitRunning(ChildJvm engine) {
    await("running")
        .atMost(PATIENCE)
        .until(() -> engine.output().contains("running") || !engine.isAlive());
  }

  public static ClickStreams start(String bootstrapServers, Path stateFolder, int standbys) {
    return start(bootstrapServers, stateFolder, standbys, DefinedViews.none());
  }

  /** Starts one with settings of Kafka Streams, by Kafka's names; with a server's address. */
  public static ClickStreams start(Map<String, String> connection, Path stateFolder) {
    return start(
        connection,
        stateFolder,
        GroupSettings.ALONE,
        DefinedViews.none(),
        SessionConfig.DEFAULT,
        (site, receivedTime, usual) -> inactivity(site.value()).toMillis());
  }

  /** Starts one that shares the work. */
  public static ClickStreams start(String bootstrapServers, Path stateFolder, GroupSettings group) {
    return start(
        bootstrapServers,
        stateFolder,
        group,
        DefinedViews.none(),
        SessionConfig.DEFAULT,
        (site, receivedTime, usual) -> inactivity(site.value()).toMillis());
  }

  /** Starts it with views that are defined while it runs. */
  static ClickStreams start(
      String bootstrapServers, Path stateFolder, int standbys, DefinedViews definedViews) {
    return start(
        bootstrapServers,
        stateFolder,
        standbys,
        definedViews,
        SessionConfig.DEFAULT,
        (site, receivedTime, usual) -> inactivity(site.value()).toMillis());
  }

  /** Starts it with sessions of another kind too. */
  static ClickStreams start(
      String bootstrapServers,
      Path stateFolder,
      int standbys,
      DefinedViews definedViews,
      SessionConfig sessions,
      SiteInactivity inactivity) {
    return start(
        bootstrapServers,
        stateFolder,
        GroupSettings.ALONE.withStandbyReplicas(standbys),
        definedViews,
        sessions,
        inactivity);
  }

  private static ClickStreams start(
      String bootstrapServers,
      Path stateFolder,
      GroupSettings group,
      DefinedViews definedViews,
      SessionConfig sessions,
      SiteInactivity inactivity) {
    return start(
        Map.of("bootstrap.servers", bootstrapServers),
        stateFolder,
        group,
        definedViews,
        sessions,
        inactivity);
  }

  private static ClickStreams start(
      Map<String, String> connection,
      Path stateFolder,
      GroupSettings group,
      DefinedViews definedViews,
      SessionConfig sessions,
      SiteInactivity inactivity) {
    var settings =
        new StreamsSettings(Namespace.DEFAULT, connection, stateFolder, 2, CommitPace.DEFAULT, 1)
            .withGroup(group);
    var stage =
        new ClickStage(
                JudgeConfig.DEFAULT,
                sessions,
                inactivity,
                new FieldEnricher(),
                ViewCatalog.builtIn().plans(),
                TopicLayout.LOCAL.rollupPartitions(),
                outcome -> {})
            .with(definedViews);
    return ClickStreams.start(settings, stage);
  }

  /** Sessions of one of the sites go on for longer than usual. */
  public static Duration inactivity(String site) {
    return site.equals("blog.example") ? Duration.ofMinutes(40) : Duration.ofMinutes(30);
  }

  /** Makes the topics that it needs. */
  public static void makeTopics(String bootstrapServers) {
    var specs = new ArrayList<TopicSpec>();
    for (Topic topic : Topic.values()) {
      specs.add(topic.spec(Namespace.DEFAULT, TopicLayout.LOCAL));
    }
    specs.add(Topic.ofView("url-click-counts", Namespace.DEFAULT, TopicLayout.LOCAL));
    try (Cluster cluster = Cluster.connect(Map.of("bootstrap.servers", bootstrapServers))) {
      new TopicSetup(cluster).ensure(specs);
    }
  }

  public static void awaitRunning(ClickStreams engine) {
    await("the processing runs").atMost(PATIENCE).until(engine::isRunning);
  }

  /** Waits until so many events have an outcome and are in all cells; the books must balance. */
  public static void awaitAccounted(CellReader engine, String bootstrapServers, long events) {
    var books = new Books(engine, TopicLayout.LOCAL.rollupPartitions());
    try (var backlog = new PartialsBacklog(bootstrapServers)) {
      await("all accounted for")
          .atMost(PATIENCE)
          .ignoreExceptions()
          .untilAsserted(
              () -> {
                assertThat(
                        books.read().values().stream()
                            .mapToLong(PartitionBooks::accountedThrough)
                            .sum())
                    .isEqualTo(events);
                assertThat(backlog.size()).isZero();
              });
    }
    assertThat(books.read().values()).allMatch(PartitionBooks::addsUp);
  }

  /**
   * Holds every cell of every view against an oracle that reads the log.
   *
   * @param sent how many events of each outcome are known to be in it
   */
  public static void requireEveryCell(
      CellReader engine, String bootstrapServers, Map<Outcome, Long> sent) {
    LogOracle oracle = oracle(bootstrapServers);
    assertThat(oracle.outcomes()).isEqualTo(sent);
    var expected = oracle.cells();
    assertThat(CellTable.differences(expected, CellTable.read(engine, EngineTraffic.SITES)))
        .as("of %d cells", expected.size())
        .isEmpty();
    System.out.printf("Engine: %d cells of %s events are right%n", expected.size(), sent);
  }

  /** What everything must be, by what the log has now. */
  public static LogOracle oracle(String bootstrapServers) {
    return LogOracle.of(
        new TopicReader(bootstrapServers).records("click-events"),
        TopicLayout.LOCAL.rollupPartitions(),
        Engine::inactivity,
        new FieldFacts());
  }
}
