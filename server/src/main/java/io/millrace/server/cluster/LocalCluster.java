package io.millrace.server.cluster;

import io.millrace.model.Namespace;
import io.millrace.model.SiteId;
import io.millrace.model.control.Permission;
import io.millrace.ops.ControlLog;
import io.millrace.server.DataFolder;
import io.millrace.server.ExitSequence;
import io.millrace.server.ServerError;
import io.millrace.server.ServerException;
import io.millrace.server.broker.AotCache;
import io.millrace.server.broker.FreePorts;
import io.millrace.server.broker.Hosting;
import io.millrace.server.broker.JavaProgram;
import io.millrace.server.broker.LocalKafka;
import io.millrace.server.broker.LocalKafkaConfig;
import io.millrace.server.instance.Role;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Everything that a cluster is made of, on this machine, for the time of this object: brokers in
 * racks, processors that also answer questions, and collectors, each in a process of its own. None
 * outlives this process, however it ends. Safe for use by several threads.
 */
public final class LocalCluster implements AutoCloseable {
  private static final int PROCESSOR_HEAP_MEGABYTES = 400;
  private static final int COLLECTOR_HEAP_MEGABYTES = 160;
  private static final int SECRET_BYTES = 32;

  /**
   * Commits of all processors on three brokers cost more than the events do: with the usual 100 ms
   * they alone keep two cores busy, and are late then.
   */
  private static final int COMMIT_MILLIS = 250;

  private static final Duration PAUSE = Duration.ofMillis(200);

  private final ClusterConfig config;
  private final DataFolder folder;
  private final LocalKafka kafka;
  private final List<ClusterProcess> processes;
  private final AtomicBoolean closed = new AtomicBoolean();

  private LocalCluster(
      ClusterConfig config, DataFolder folder, LocalKafka kafka, List<ClusterProcess> processes) {
    this.config = config;
    this.folder = folder;
    this.kafka = kafka;
    this.processes = List.copyOf(processes);
  }

  /**
   * Starts everything, and waits until all parts work.
   *
   * @param announce is told in a few words what comes next
   */
  public static LocalCluster start(ClusterConfig config, Consumer<String> announce) {
    return start(config, Hosting.HERE, announce);
  }

  /**
   * The same with brokers on hosts of their own.
   *
   * @param hosting where the brokers are
   */
  public static LocalCluster start(
      ClusterConfig config, Hosting hosting, Consumer<String> announce) {
    DataFolder folder = DataFolder.open(config.dataFolder());
    try {
      Path logs = config.dataFolder().resolve("logs");
      announce.accept("Starting " + config.brokers() + " brokers");
      LocalKafka kafka =
          LocalKafka.start(
              LocalKafkaConfig.of(config.dataFolder().resolve("kafka"), config.brokers())
                  .withLogFolder(logs)
                  .withDurable(config.durable())
                  .withSharedMachine(true)
                  .withStartTimeout(config.startTimeout()),
              hosting);
      var cluster = new LocalCluster(config, folder, kafka, processes(config, kafka));
      ExitSequence.add(cluster);
      try {
        cluster.startProcesses(announce);
        return cluster;
      } catch (RuntimeException | Error problem) {
        cluster.close();
        throw problem;
      }
    } catch (RuntimeException | Error problem) {
      folder.close();
      throw problem;
    }
  }

  public ClusterConfig config() {
    return config;
  }

  public LocalKafka kafka() {
    return kafka;
  }

  /** Settings with which clients reach its Kafka, by Kafka's names. */
  public Map<String, String> connection() {
    return Map.of("bootstrap.servers", kafka.bootstrapServers());
  }

  /** All processes but the brokers: processors first, then collectors. */
  public List<ClusterProcess> processes() {
    return processes;
  }

  public List<ClusterProcess> processors() {
    return processes.stream().filter(process -> process.has(Role.PROCESSOR)).toList();
  }

  public List<ClusterProcess> collectors() {
    return processes.stream().filter(process -> process.has(Role.COLLECTOR)).toList();
  }

  /** Makes a site known, and a secret valid for writing to it. */
  public void admit(SiteId site, String name, String secret, Set<Permission> permissions) {
    try (ControlLog control = ControlLog.open(connection(), Namespace.DEFAULT)) {
      control.admit(site, name, secret, permissions);
    }
  }

  /**
   * Waits until all processes of it run and say that they work.
   *
   * @throws ServerException when they do not in time
   */
  public void awaitReady(Duration timeout) {
    long deadline = System.nanoTime() + timeout.toNanos();
    for (ClusterProcess process : processes) {
      while (!process.isReady()) {
        // A busy machine may let a start fail, which is tried again as a supervisor would.
        process.start();
        if (System.nanoTime() > deadline) {
          throw new ServerException(
              ServerError.LAUNCH_FAILED,
              "%s was not ready within %d s. Look at %s and the logs in %s."
                  .formatted(
                      process.name(),
                      timeout.toSeconds(),
                      process.outputFile(),
                      process.dataFolder()));
        }
        pause();
      }
    }
  }

  /** One after the other, since the first makes the topics. */
  private void startProcesses(Consumer<String> announce) {
    ClusterProcess first = processes.getFirst();
    announce.accept("Starting " + first.name());
    first.start();
    awaitServing(first);
    announce.accept(
        "Starting "
            + processes.stream()
                .skip(1)
                .map(ClusterProcess::name)
                .collect(Collectors.joining(", ")));
    processes.forEach(ClusterProcess::start);
    awaitReady(config.startTimeout());
  }

  private void awaitServing(ClusterProcess first) {
    long deadline = System.nanoTime() + config.startTimeout().toNanos();
    while (System.nanoTime() < deadline && !first.isReady()) {
      first.start();
      pause();
    }
  }

  private static List<ClusterProcess> processes(ClusterConfig config, LocalKafka kafka) {
    List<Integer> ports = FreePorts.choose(config.processors() + config.collectors(), List.of());
    List<ClusterProcess> processes = new ArrayList<>();
    String secret = newSecret();
    for (int number = 1; number <= config.processors(); number++) {
      processes.add(
          process(
              config,
              kafka,
              "processor-" + number,
              EnumSet.of(Role.PROCESSOR, Role.QUERY),
              ports.get(processes.size()),
              PROCESSOR_HEAP_MEGABYTES,
              secret));
    }
    for (int number = 1; number <= config.collectors(); number++) {
      processes.add(
          process(
              config,
              kafka,
              "collector-" + number,
              EnumSet.of(Role.COLLECTOR),
              ports.get(processes.size()),
              COLLECTOR_HEAP_MEGABYTES,
              secret));
    }
    return processes;
  }

  private static ClusterProcess process(
      ClusterConfig config,
      LocalKafka kafka,
      String name,
      Set<Role> roles,
      int port,
      int heapMegabytes,
      String secret) {
    RoleFiles files = RoleFiles.of(config.dataFolder(), name);
    return new ClusterProcess(
        name,
        roles,
        URI.create("http://127.0.0.1:" + port),
        files,
        configuration(config, kafka, files, roles, port, secret),
        commandLine(files, heapMegabytes));
  }

  /** What the parts know each other by; another one at each start. */
  private static String newSecret() {
    byte[] random = new byte[SECRET_BYTES];
    new SecureRandom().nextBytes(random);
    return HexFormat.of().formatHex(random);
  }

  private static String configuration(
      ClusterConfig config,
      LocalKafka kafka,
      RoleFiles files,
      Set<Role> roles,
      int port,
      String secret) {
    return """
        # Written anew at each start; changes are lost.
        roles: [%s]
        data: '%s'
        kafka:
          bootstrap.servers: '%s'
        topics:
          click-partitions: %d
          rollup-partitions: %d
          replication-factor: %d
        http:
          port: %d
        """
            .formatted(
                roles.stream().map(Role::label).sorted().collect(Collectors.joining(", ")),
                files.data(),
                kafka.bootstrapServers(),
                config.topics().clickPartitions(),
                config.topics().rollupPartitions(),
                config.topics().replicationFactor(),
                port)
        + (roles.contains(Role.COLLECTOR) ? "" : sharing(config, secret));
  }

  /** What those need to know who share the work and ask each other for cells. */
  private static String sharing(ClusterConfig config, String secret) {
    return """
        processing:
          commit-interval: %dms
          standby-replicas: %d
        security:
          cluster-secret: '%s'
        """
        .formatted(COMMIT_MILLIS, config.processors() > 1 ? 1 : 0, secret);
  }

  private static List<String> commandLine(RoleFiles files, int heapMegabytes) {
    List<String> flags = new ArrayList<>();
    flags.add("-Xmx" + heapMegabytes + "m");
    flags.add("-XX:+UseSerialGC");
    flags.add("-XX:+ExitOnOutOfMemoryError");
    // Many processes on one machine: that they start soon matters more than that they run fast.
    flags.add("-XX:TieredStopAtLevel=1");
    flags.add("--enable-native-access=ALL-UNNAMED");
    flags.add("--sun-misc-unsafe-memory-access=allow");
    flags.addAll(AotCache.ofApplication().map(AotCache::useFlags).orElse(List.of()));
    return JavaProgram.current()
        .command(flags, RoleMain.class, List.of(files.settings().toString()));
  }

  /** Stops the roles, those that write first, and then the brokers. */
  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      ExitSequence.remove(this);
      collectors().forEach(ClusterProcess::beginStop);
      collectors().forEach(ClusterProcess::awaitStop);
      processes.forEach(ClusterProcess::beginStop);
      processes.forEach(ClusterProcess::awaitStop);
      kafka.close();
      folder.close();
    }
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("stopped while waiting for a process", stopped);
    }
  }
}
