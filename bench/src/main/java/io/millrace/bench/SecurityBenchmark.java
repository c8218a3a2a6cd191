package io.millrace.bench;

import io.millrace.bench.engine.Clicks;
import io.millrace.collector.log.AppendResult;
import io.millrace.collector.log.KafkaClickLog;
import io.millrace.model.ClickEvent;
import io.millrace.model.Namespace;
import io.millrace.model.Topic;
import io.millrace.model.TopicLayout;
import io.millrace.ops.Cluster;
import io.millrace.ops.TopicSetup;
import io.millrace.server.broker.BrokerSecurity;
import io.millrace.server.broker.LocalKafka;
import io.millrace.server.broker.LocalKafkaConfig;
import io.millrace.server.credentials.ClientLogin;
import io.millrace.server.credentials.KafkaUser;
import io.millrace.server.credentials.SecureInit;
import io.millrace.server.credentials.SecurityFolder;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * What TLS with passwords costs, and what three copies cost: events are written through the
 * collector's own log, at a set rate, to one broker and to three, each plain and secured. CPU of
 * this process and of all brokers, after a warm-up, until the last acknowledgement.
 *
 * <p>The kinds run one after the other in one process, the plain one first. CPU is told and not the
 * time that passes, which on a machine that does other things too says little.
 */
@Command(
    name = "security",
    description = "CPU per million events with TLS and passwords, and with three copies.")
final class SecurityBenchmark implements Benchmark {
  private static final long MILLION = 1_000_000;
  private static final long NANOS = 1_000_000_000;
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @Option(
      names = "--events",
      paramLabel = "N",
      description = "Events of each kind, after as many of a warm-up. Default: ${DEFAULT-VALUE}.")
  private int events = 200_000;

  @Option(
      names = "--rate",
      paramLabel = "N",
      description = "Events a second, if the machine can. Default: ${DEFAULT-VALUE}.")
  private int rate = 10_000;

  @Option(
      names = "--batch",
      paramLabel = "N",
      description = "Events that are waited for at a time. Default: ${DEFAULT-VALUE}.")
  private int batch = 100;

  /** One of the four. */
  private enum Kind {
    PLAIN(1, false),
    SECURED(1, true),
    THREE_PLAIN(3, false),
    THREE_SECURED(3, true);

    private final int brokers;
    private final boolean isSecured;

    Kind(int brokers, boolean isSecured) {
      this.brokers = brokers;
      this.isSecured = isSecured;
    }
  }

  /** CPU of a million events. */
  private record Measured(Duration client, Duration brokers, long events, Duration length) {
    double total() {
      return (double) client.plus(brokers).toNanos() / events;
    }
  }

  @Override
  public void run(Program program, Report report) throws IOException, InterruptedException {
    Map<Kind, Measured> measured = new HashMap<>();
    for (Kind kind : Kind.values()) {
      report.step("security: " + kind);
      measured.put(kind, measure(kind));
    }
    report.add(table(measured));
  }

  private Measured measure(Kind kind) throws IOException, InterruptedException {
    try (TemporaryFolder folder = TemporaryFolder.make();
        LocalKafka kafka = LocalKafka.start(config(kind, folder))) {
      Map<String, String> connection = connection(kind, folder, kafka.bootstrapServers());
      try (Cluster cluster = Cluster.connect(connection)) {
        var layout = new TopicLayout(8, 4, (short) kind.brokers);
        new TopicSetup(cluster).ensure(List.of(Topic.CLICK_EVENTS.spec(Namespace.DEFAULT, layout)));
      }
      try (var log = new KafkaClickLog(new HashMap<>(connection), Namespace.DEFAULT, 32L << 20)) {
        var _ = write(log);
        Duration clientBefore = Usage.cpuOf(ProcessHandle.current());
        Duration brokersBefore = brokers(kafka);
        Duration length = write(log);
        return new Measured(
            Usage.cpuOf(ProcessHandle.current()).minus(clientBefore),
            brokers(kafka).minus(brokersBefore),
            events,
            length);
      }
    }
  }

  private static LocalKafkaConfig config(Kind kind, TemporaryFolder folder) {
    LocalKafkaConfig config = LocalKafkaConfig.of(folder.data(), kind.brokers);
    if (!kind.isSecured) {
      return config;
    }
    SecurityFolder security = security(folder);
    var _ =
        new SecureInit(security, List.of(), "127.0.0.1:9092", Set.of(), InstantSource.system())
            .run();
    return config.withSecurity(new BrokerSecurity(security, ClientLogin.SCRAM));
  }

  private static SecurityFolder security(TemporaryFolder folder) {
    return new SecurityFolder(folder.path().resolve(SecurityFolder.NAME));
  }

  private static Map<String, String> connection(Kind kind, TemporaryFolder folder, String servers) {
    return kind.isSecured
        ? security(folder).connection(KafkaUser.OWNER, ClientLogin.SCRAM, servers)
        : Map.of("bootstrap.servers", servers);
  }

  private static Duration brokers(LocalKafka kafka) {
    return kafka.processIds().stream()
        .map(id -> Usage.cpuOf(ProcessHandle.of(id).orElseThrow()))
        .reduce(Duration.ZERO, Duration::plus);
  }

  /** At the rate, or as fast as it goes; each batch is waited for on a thread of its own. */
  private Duration write(KafkaClickLog log) throws InterruptedException {
    AtomicReference<@Nullable AppendResult> failure = new AtomicReference<>();
    List<Thread> waiting = new ArrayList<>();
    List<ClickEvent> next = new ArrayList<>();
    long begun = System.nanoTime();
    new Clicks(events, 0, System.currentTimeMillis())
        .forEach(
            click -> {
              next.add(click);
              if (next.size() == batch) {
                List<ClickEvent> clicks = List.copyOf(next);
                next.clear();
                awaitTurn(begun, waiting.size());
                waiting.add(Thread.ofVirtual().start(() -> append(log, clicks, failure)));
              }
            });
    append(log, next, failure);
    for (Thread thread : waiting) {
      thread.join();
    }
    AppendResult problem = failure.get();
    if (problem != null) {
      throw new BenchmarkException("not all events were acknowledged: " + problem);
    }
    return Duration.ofNanos(System.nanoTime() - begun);
  }

  private void awaitTurn(long begun, int batches) {
    long due = begun + (long) batches * batch * NANOS / rate;
    while (System.nanoTime() < due) {
      LockSupport.parkNanos(due - System.nanoTime());
    }
  }

  private static void append(
      KafkaClickLog log, List<ClickEvent> clicks, AtomicReference<@Nullable AppendResult> failure) {
    AppendResult result = log.append(clicks, PATIENCE);
    if (!(result instanceof AppendResult.Acknowledged)) {
      failure.set(result);
    }
  }

  private Table table(Map<Kind, Measured> measured) {
    var table =
        new Table(
            "TLS, passwords and copies, CPU per million events",
            "",
            "client",
            "brokers",
            "together",
            "of plain",
            "events/s");
    Measured plain = of(measured, Kind.PLAIN);
    row(table, "one broker", plain, plain);
    row(table, "one broker, TLS + SCRAM", of(measured, Kind.SECURED), plain);
    row(table, "three brokers, RF 3", of(measured, Kind.THREE_PLAIN), plain);
    row(table, "three brokers, RF 3, TLS + SCRAM", of(measured, Kind.THREE_SECURED), plain);
    return table;
  }

  private static Measured of(Map<Kind, Measured> measured, Kind kind) {
    Measured found = measured.get(kind);
    if (found == null) {
      throw new BenchmarkException("nothing was measured of " + kind);
    }
    return found;
  }

  private static void row(Table table, String name, Measured measured, Measured plain) {
    table.row(
        name,
        Text.cpuPer(MILLION, measured.client(), measured.events()),
        Text.cpuPer(MILLION, measured.brokers(), measured.events()),
        Text.cpuPer(MILLION, measured.client().plus(measured.brokers()), measured.events()),
        String.format(Locale.ROOT, "%.2f", measured.total() / plain.total()),
        Text.count(Text.perSecond(measured.events(), measured.length())));
  }
}
