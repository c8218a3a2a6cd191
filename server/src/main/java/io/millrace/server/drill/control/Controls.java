package io.millrace.server.drill.control;

import io.millrace.model.Namespace;
import io.millrace.model.Topic;
import io.millrace.model.TopicLayout;
import io.millrace.model.TopicSpec;
import io.millrace.ops.Cluster;
import io.millrace.ops.TopicSetup;
import io.millrace.server.ServerError;
import io.millrace.server.ServerException;
import io.millrace.server.broker.JavaProgram;
import io.millrace.server.broker.LocalBroker;
import io.millrace.server.cluster.LocalCluster;
import io.millrace.server.drill.Waiting;
import io.millrace.server.drill.load.EventPlan;
import io.millrace.server.drill.load.ForeignRecords;
import io.millrace.server.drill.load.Ledger;
import io.millrace.server.drill.load.PlannedFacts;
import io.millrace.server.drill.proof.Check;
import io.millrace.server.drill.proof.Evidence;
import io.millrace.server.drill.proof.Finding;
import io.millrace.server.drill.read.DrillTopics;
import io.millrace.server.drill.read.EvidenceReader;
import io.millrace.server.drill.read.TopicSpans;
import io.millrace.server.fault.Fault;
import io.millrace.server.fault.PausedProcess;
import io.millrace.server.report.Audit;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.apache.kafka.common.TopicPartition;

/**
 * Careless programs on a real cluster, each in a namespace of its own, and what the checks say of
 * what they leave behind. For one thread.
 */
public final class Controls {
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final int EVENTS = 2_000;
  private static final int KILLS = 2;
  private static final int HEAP_MEGABYTES = 96;

  private final LocalCluster cluster;
  private final TopicSpans spans;

  /** Who leads a partition of a topic, by the id of the broker. */
  @FunctionalInterface
  public interface Leaders {
    Optional<Integer> leaderOf(String topic, int partition) throws InterruptedException;
  }

  public Controls(LocalCluster cluster) {
    this.cluster = cluster;
    spans = new TopicSpans(cluster.connection());
  }

  /**
   * A client that takes the word of the leading broker alone: its followers stand still, it is
   * killed, and what they had not copied yet is gone though it was acknowledged.
   */
  public Finding carelessClient(Leaders leaders) throws InterruptedException {
    Namespace namespace = newNamespace();
    DrillTopics topics = makeTopics(namespace);
    Map<TopicPartition, Long> from = spans.ends(topics.all());
    var ledger = new Ledger();
    LocalBroker leader =
        broker(
            Waiting.known(
                PATIENCE,
                "who leads " + topics.clicks(),
                () -> leaders.leaderOf(topics.clicks(), 0)));
    List<LocalBroker> followers =
        cluster.kafka().brokers().stream().filter(broker -> broker.id() != leader.id()).toList();
    EventPlan plan = plan();
    try (var careful = new ForeignRecords(cluster.connection(), topics.clicks(), plan, ledger)) {
      // These stay, so that the log is not simply empty.
      careful.writeEvents(EVENTS / 10);
    }
    try (var records =
        new ForeignRecords(cluster.connection(), topics.clicks(), plan, ledger, "1")) {
      List<Fault> pauses =
          followers.stream()
              .flatMap(each -> each.processId().stream())
              .map(pid -> PausedProcess.of("follower", pid))
              .toList();
      pauses.forEach(Fault::inject);
      try {
        records.writeEvents(EVENTS);
        leader.kill();
      } finally {
        pauses.forEach(Fault::heal);
      }
    }
    awaitOtherLeader(leaders, topics.clicks(), leader.id());
    leader.start();
    cluster.kafka().awaitReady(PATIENCE);
    return Check.LEDGER.examine(evidence(ledger, topics, from));
  }

  /** A processor that notes now and then how far it is, killed twice. */
  public Finding carelessProcessor() throws InterruptedException {
    DrillTopics topics = makeTopics(newNamespace());
    Map<TopicPartition, Long> from = spans.ends(topics.all());
    var ledger = new Ledger();
    try (var records = new ForeignRecords(cluster.connection(), topics.clicks(), plan(), ledger)) {
      records.writeEvents(EVENTS);
    }
    for (int kill = 1; kill <= KILLS; kill++) {
      Process processor = startProcessor(topics);
      try {
        long before = passedOn(topics);
        await("events are passed on", () -> passedOn(topics) > before);
      } finally {
        kill(processor);
      }
    }
    Process processor = startProcessor(topics);
    try {
      await("all events are passed on", () -> isAllPassedOn(topics, from));
    } finally {
      kill(processor);
    }
    return Check.OUTCOMES.examine(evidence(ledger, topics, from));
  }

  private boolean isAllPassedOn(DrillTopics topics, Map<TopicPartition, Long> from) {
    Evidence now = evidence(new Ledger(), topics, from);
    return now.lanes().stream().map(entry -> entry.source()).distinct().count() == now.log().size();
  }

  private long passedOn(DrillTopics topics) {
    return spans.ends(List.of(topics.enriched())).values().stream().mapToLong(end -> end).sum();
  }

  private Evidence evidence(Ledger ledger, DrillTopics topics, Map<TopicPartition, Long> from) {
    var reader = new EvidenceReader(spans, topics, 1, new PlannedFacts());
    return reader.read(
        ledger.entries(), from, Set.of(), Set.of(), new Audit(true, "", 0, 0, 0, List.of()));
  }

  private DrillTopics makeTopics(Namespace namespace) {
    var layout = new TopicLayout(1, 1, (short) cluster.config().brokers());
    List<TopicSpec> specs = new ArrayList<>();
    for (Topic topic : List.of(Topic.CLICK_EVENTS, Topic.ENRICHED_CLICKS, Topic.REJECTED_CLICKS)) {
      specs.add(topic.spec(namespace, layout));
    }
    try (Cluster connected = Cluster.connect(cluster.connection())) {
      new TopicSetup(connected).ensure(specs);
    }
    return DrillTopics.of(namespace);
  }

  private static Namespace newNamespace() {
    return new Namespace("control" + Long.toString(System.currentTimeMillis(), 36));
  }

  private static EventPlan plan() {
    return new EventPlan(
        "c" + Long.toString(System.currentTimeMillis(), 36), 1, InstantSource.system());
  }

  private LocalBroker broker(int id) {
    return cluster.kafka().brokers().stream()
        .filter(broker -> broker.id() == id)
        .findFirst()
        .orElseThrow();
  }

  private static void awaitOtherLeader(Leaders leaders, String topic, int former)
      throws InterruptedException {
    var _ =
        Waiting.known(
            PATIENCE,
            "which other broker leads " + topic,
            () -> leaders.leaderOf(topic, 0).filter(leader -> leader != former));
  }

  private Process startProcessor(DrillTopics topics) {
    try {
      return new ProcessBuilder(
              JavaProgram.current()
                  .command(
                      List.of(
                          "-Xmx" + HEAP_MEGABYTES + "m",
                          "-XX:+UseSerialGC",
                          "-XX:TieredStopAtLevel=1"),
                      CarelessProcessor.class,
                      List.of(
                          cluster.kafka().bootstrapServers(), topics.clicks(), topics.enriched())))
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start();
    } catch (IOException failure) {
      throw new ServerException(
          ServerError.LAUNCH_FAILED, "Cannot start the careless processor", failure);
    }
  }

  private static void kill(Process processor) throws InterruptedException {
    processor.destroyForcibly();
    processor.waitFor();
  }

  private static void await(String what, BooleanSupplier condition) throws InterruptedException {
    Waiting.require(PATIENCE, what, condition);
  }
}
