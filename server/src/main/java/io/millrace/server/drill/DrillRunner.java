package io.millrace.server.drill;

import io.millrace.model.Namespace;
import io.millrace.ops.OperationsException;
import io.millrace.server.ServerException;
import io.millrace.server.cluster.ClusterProcess;
import io.millrace.server.cluster.LocalCluster;
import io.millrace.server.drill.control.Controls;
import io.millrace.server.drill.load.DrillLoad;
import io.millrace.server.drill.load.EventPlan;
import io.millrace.server.drill.load.ForeignRecords;
import io.millrace.server.drill.load.LoadConfig;
import io.millrace.server.drill.proof.Finding;
import io.millrace.server.drill.read.DrillTopics;
import io.millrace.server.drill.read.LaneWatch;
import io.millrace.server.drill.read.TopicSpans;
import io.millrace.server.fault.LossyProxy;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs drills on a cluster, one after the other: each begins on one that is whole and has nothing
 * on its way, and ends with the verdict. For one thread.
 */
public final class DrillRunner implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(DrillRunner.class);

  /** Long enough to see that all is well before something fails. */
  private static final Duration WARM_UP = Duration.ofSeconds(3);

  private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(10);
  private static final Duration RETRY_PAUSE = Duration.ofMillis(500);

  private final LocalCluster cluster;
  private final Optional<ClusterHosts> hosts;
  private final KafkaFacts kafka;
  private final TopicSpans spans;
  private final DrillTopics topics = DrillTopics.of(Namespace.DEFAULT);
  private final Verdict verdict;
  private final int rate;
  private final long seed;
  private final Consumer<String> announce;

  /**
   * @param hosts of the brokers, if they are on hosts of their own
   * @param rate events a second
   * @param seed decides what is left to chance
   * @param announce is told what happens
   */
  public DrillRunner(
      LocalCluster cluster,
      Optional<ClusterHosts> hosts,
      int rate,
      long seed,
      Consumer<String> announce) {
    this.cluster = cluster;
    this.hosts = hosts;
    this.rate = rate;
    this.seed = seed;
    this.announce = announce;
    kafka = new KafkaFacts(cluster.connection(), cluster.config().brokers());
    spans = new TopicSpans(cluster.connection());
    verdict = new Verdict(cluster, spans, topics);
  }

  /** Runs one; what goes wrong is a result, too. */
  public DrillResult run(Drill drill) throws InterruptedException {
    Optional<String> obstacle = drill.obstacle().get();
    if (obstacle.isPresent()) {
      return new DrillResult.Skipped(drill, obstacle.get());
    }
    return guarded(
        drill,
        () -> {
          List<LossyProxy> proxies = drill.plan().isThroughProxies() ? proxies() : List.of();
          try {
            return play(drill, proxies);
          } finally {
            proxies.forEach(LossyProxy::close);
          }
        });
  }

  private interface Attempt {
    DrillResult make() throws InterruptedException;
  }

  /** Whatever goes wrong with one is a result of this one, and the others go on. */
  private static DrillResult guarded(Drill drill, Attempt attempt) throws InterruptedException {
    try {
      return attempt.make();
    } catch (RuntimeException stuck) {
      return stuck(drill, stuck, List.of());
    }
  }

  static DrillResult stuck(Drill drill, RuntimeException reason, List<Mark> marks) {
    log.atWarn().setCause(reason).addKeyValue("drill", drill.name()).log("A drill is stuck");
    boolean isOurs = reason instanceof ServerException || reason instanceof OperationsException;
    return new DrillResult.Stuck(
        drill, isOurs ? String.valueOf(reason.getMessage()) : reason.toString(), marks);
  }

  private DrillResult play(Drill drill, List<LossyProxy> proxies) throws InterruptedException {
    // Part of the names of sites and ids: as unique as the time.
    String run = "d" + Long.toString(System.currentTimeMillis(), 36);
    var plan = new EventPlan(run, seed, InstantSource.system());
    var foreignPlan = new EventPlan(run + 'f', seed, InstantSource.system());
    List<String> sites = new ArrayList<>(plan.sites());
    sites.addAll(foreignPlan.sites());
    // Whatever the drill before has left behind.
    new Recovery(cluster, kafka, announce).makeWhole();
    verdict.begin();
    Map<String, String> keys = Admission.admit(cluster, sites);
    Map<TopicPartition, Long> from = spans.ends(topics.all());
    try (LaneWatch lanes = LaneWatch.start(spans, topics, from);
        DrillLoad load = DrillLoad.start(load(drill, keys, proxies), plan);
        var foreign =
            new ForeignRecords(cluster.connection(), topics.clicks(), foreignPlan, load.ledger());
        var scene =
            new Scene(
                cluster,
                kafka,
                load,
                lanes,
                topics,
                foreign,
                hosts,
                proxies,
                sites.getFirst(),
                // Each drill draws others, and the same whether others came before or not.
                new Random(seed + drill.name().hashCode()))) {
      try {
        return examine(drill, scene, sites, from, lanes);
      } catch (RuntimeException stuck) {
        return stuck(drill, stuck, scene.marks());
      }
    }
  }

  private LoadConfig load(Drill drill, Map<String, String> keys, List<LossyProxy> proxies) {
    List<URI> collectors =
        proxies.isEmpty()
            ? cluster.collectors().stream().map(ClusterProcess::url).toList()
            : proxies.stream().map(LossyProxy::url).toList();
    return new LoadConfig(
        collectors, keys, rate, ANSWER_TIMEOUT, RETRY_PAUSE, drill.plan().repeats());
  }

  private List<LossyProxy> proxies() {
    return cluster.collectors().stream()
        .map(
            collector ->
                LossyProxy.before(
                    new InetSocketAddress(collector.url().getHost(), collector.url().getPort())))
        .toList();
  }

  /** Runs what is careless on purpose, each of which a check must catch. */
  public List<DrillResult> runControls() throws InterruptedException {
    var controls = new Controls(cluster);
    return List.of(
        controlled(
            "control-acks-one",
            "A client that takes the leader's word alone loses events when its followers stand still"
                + " and it is killed: the ledger's check must tell.",
            () -> controls.carelessClient(kafka::leaderOf),
            Finding::lost),
        controlled(
            "control-at-least-once",
            "A processor that notes its progress now and then is killed twice: the check of outcomes"
                + " must tell what it doubles.",
            controls::carelessProcessor,
            Finding::doubled));
  }

  private interface Control {
    Finding run() throws InterruptedException;
  }

  private static DrillResult controlled(
      String name, String shows, Control control, ToLongFunction<Finding> damage)
      throws InterruptedException {
    Drill drill = Drill.of(name, shows, Aims.of(0, 0), scene -> {});
    return guarded(
        drill,
        () -> {
          Finding finding = control.run();
          return new DrillResult.Controlled(drill, finding, damage.applyAsLong(finding));
        });
  }

  private DrillResult examine(
      Drill drill, Scene scene, List<String> sites, Map<TopicPartition, Long> from, LaneWatch lanes)
      throws InterruptedException {
    DrillLoad load = scene.load();
    scene.awaitAcknowledging();
    scene.awaitProcessing();
    scene.last(WARM_UP);
    scene.beginWatching();
    drill.plan().run(scene);
    long failureOver = System.currentTimeMillis();
    scene.makeWhole();
    scene.awaitProcessing();
    Duration wholeAfter = Duration.ofMillis(System.currentTimeMillis() - failureOver);
    scene.mark("whole");
    scene.last(WARM_UP);
    if (!load.stop(Scene.PATIENCE)) {
      return new DrillResult.Stuck(
          drill,
          "Not all events were acknowledged: "
              + load.ledger().unacknowledged(System.currentTimeMillis()).text(),
          scene.marks());
    }
    announce.accept("looking");
    return verdict.of(drill, scene, sites, from, lanes, wholeAfter);
  }

  @Override
  public void close() {
    kafka.close();
  }
}
