package io.millrace.testing.harness;

import io.helidon.webserver.WebServer;
import io.millrace.model.Namespace;
import io.millrace.model.TopicLayout;
import io.millrace.model.control.ViewGeneration;
import io.millrace.model.instance.Announcement;
import io.millrace.ops.ControlLog;
import io.millrace.server.cells.CellsConfig;
import io.millrace.server.cells.ClusterCells;
import io.millrace.server.cells.InstanceFacts;
import io.millrace.server.cells.Instances;
import io.millrace.streams.ClickStreams;
import io.millrace.streams.OwnCells;
import io.millrace.streams.backfill.BackfillSettings;
import io.millrace.streams.backfill.Backfills;
import io.millrace.views.DefinedViews;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;

/**
 * One of several instances that see the cells of all: with the processing, views that are defined
 * while it runs and their backfills, in this process or as the main class of one that is there to
 * be killed; or without any state, only to ask the others.
 */
public final class ClusterEngine implements AutoCloseable {
  /** So few that a backfill takes long enough for its process to be gone in the middle. */
  private static final int FEW_RECORDS_AT_ONCE = 20;

  private final Deque<AutoCloseable> parts = new ArrayDeque<>();
  private final Optional<ClickStreams> streams;
  private final Instances instances;

  private ClusterEngine(String bootstrapServers, String name, Optional<Path> stateFolder) {
    Map<String, String> connection = Map.of("bootstrap.servers", bootstrapServers);
    ControlLog control = add(ControlLog.open(connection, Namespace.DEFAULT));
    var views = new DefinedViews(control.views(), new ViewCopies());
    streams = stateFolder.map(folder -> add(Engine.start(bootstrapServers, folder, 1, views)));
    String id = UUID.randomUUID().toString();
    instances =
        add(
            Instances.start(
                id,
                streams
                    .<OwnCells>map(here -> here)
                    .orElseGet(() -> OwnCells.none(TopicLayout.LOCAL.rollupPartitions())),
                connection,
                Namespace.DEFAULT,
                Optional.empty(),
                Optional.empty(),
                CellsConfig.DEFAULT,
                new PrometheusRegistry()));
    WebServer server =
        WebServer.builder()
            .host("127.0.0.1")
            .port(0)
            .shutdownHook(false)
            .routing(routing -> routing.register(instances.service()))
            .build()
            .start();
    parts.push(server::stop);
    Optional<Backfills> backfills =
        streams.map(
            here ->
                add(
                    Backfills.start(
                        settings(connection),
                        views,
                        instances.cells(),
                        control::append,
                        instances::isFirst)));
    instances.announce(
        new InstanceFacts(
            id,
            name,
            "http://127.0.0.1:" + server.port(),
            Set.of(stateFolder.isPresent() ? "processor" : "query"),
            "test"),
        () -> backfills.map(ClusterEngine::pasts).orElse(List.of()));
  }

  private static BackfillSettings settings(Map<String, String> connection) {
    return new BackfillSettings(
        connection,
        Namespace.DEFAULT,
        TopicLayout.LOCAL.clickPartitions(),
        TopicLayout.LOCAL.rollupPartitions(),
        FEW_RECORDS_AT_ONCE);
  }

  private static List<Announcement.Past> pasts(Backfills backfills) {
    Optional<ViewGeneration> view = backfills.view();
    return view.flatMap(backfills::progress).stream()
        .map(
            progress ->
                new Announcement.Past(view.orElseThrow(), progress.processed(), progress.total()))
        .toList();
  }

  private <T extends AutoCloseable> T add(T part) {
    parts.push(part);
    return part;
  }

  /** One that processes, with a copy of what the others have. */
  public static ClusterEngine start(String bootstrapServers, String name, Path stateFolder) {
    return new ClusterEngine(bootstrapServers, name, Optional.of(stateFolder));
  }

  /** One without state. */
  public static ClusterEngine startStateless(String bootstrapServers, String name) {
    return new ClusterEngine(bootstrapServers, name, Optional.empty());
  }

  /** Starts one that processes in a process of its own. */
  public static ChildJvm startChild(String bootstrapServers, String name, Path stateFolder) {
    return ChildJvm.start(
        ClusterEngine.class.getName(), bootstrapServers, name, stateFolder.toString());
  }

  /** Prints {@code running} when all tasks are; does not end by itself. */
  public static void main(String[] arguments) throws InterruptedException {
    ClusterEngine engine = start(arguments[0], arguments[1], Path.of(arguments[2]));
    Engine.awaitRunning(engine.streams.orElseThrow());
    System.out.println("running");
    new CountDownLatch(1).await();
  }

  public ClickStreams streams() {
    return streams.orElseThrow();
  }

  public Instances instances() {
    return instances;
  }

  public ClusterCells cells() {
    return instances.cells();
  }

  @Override
  public void close() {
    while (!parts.isEmpty()) {
      try {
        parts.pop().close();
      } catch (Exception failure) {
        throw new IllegalStateException("an instance did not stop", failure);
      }
    }
  }
}
